import Testing
import TmuxSupport

/// What can only be seen in a real terminal.
///
/// Each test has a tmux of its own, and they run one at a time.
@Suite(.serialized, .enabled(if: Tmux.isInstalled)) struct RealTerminal {}
