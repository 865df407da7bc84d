print("pbftscope")
