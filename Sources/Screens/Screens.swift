// The room Screens.
