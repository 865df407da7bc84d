// The room PBFT.
