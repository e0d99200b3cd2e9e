import ArgumentParser

@main
struct Plimsoll: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll",
    abstract: "Tells how much cloud usage you can safely commit to.")
}
