/// What can be asked of a world without changing it.
extension World {
  /// Why a command would be refused at this moment, or nil.
  public func obstacle(to command: Command) -> Refusal? {
    do throws(Refusal) {
      try check(command)
      return nil
    } catch {
      return error
    }
  }
}
