// The room Cells.
