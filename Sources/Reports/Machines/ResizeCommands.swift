import CloudCosts
import Scenarios

/// A plan's changes of machines as a POSIX shell script of the providers' own commands, dry until
/// asked to act: to be read, and run machine by machine.
package struct ResizeCommands: Sendable {
  package let text: String

  package init(_ selection: PlanSelection) {
    var lines = ["#!/bin/sh", "# Made by \(OutputMark.name)."]
    lines += ShellText.comment(
      "Scenario \(selection.scenario), run \(selection.run), plan \(selection.outcome.name):"
        + " \(AmountText.plural(selection.plan.actions.count, "machine")) in the order of the plan."
        + " Every machine is down while it changes. With APPLY=1 the commands run; without,"
        + " they are printed.")
    lines += [
      "set -eu", "act() { if [ \"${APPLY:-0}\" = 1 ]; then \"$@\"; else echo \"$@\"; fi; }",
    ]
    for action in selection.plan.actions {
      lines += [""]
      lines += ShellText.comment(
        "\(action.resource): \(action.from) to \(action.becomes)"
          + (action.start.map { ", on or after \($0.prefix(10))" } ?? "") + ". \(action.reason)")
      lines += Self.calls(action)
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func calls(_ action: RunDocument.Action) -> [String] {
    let isID = action.provider == .azure && ShellText.isResourceID(action.resource)
    guard isID || ShellText.isName(action.resource), action.to.map(ShellText.isName) ?? true,
      ShellText.isName(action.region)
    else {
      return ShellText.comment(
        "No command: the name of the machine, its type or its region is none that a shell takes.")
    }
    if action.kind == .schedule {
      return ShellText.comment(
        "Stop and start it on a schedule with the provider's scheduler; the hours are in the reason."
      )
    }
    return words(action).map { "act " + $0.joined(separator: " ") }
  }

  private static func words(_ action: RunDocument.Action) -> [[String]] {
    let id = action.resource
    switch action.provider {
    case .aws:
      let place = ["--region", action.region]
      guard let to = action.to else {
        return [["aws", "ec2", "terminate-instances", "--instance-ids", id] + place]
      }
      return [
        ["aws", "ec2", "stop-instances", "--instance-ids", id] + place,
        ["aws", "ec2", "wait", "instance-stopped", "--instance-ids", id] + place,
        [
          "aws", "ec2", "modify-instance-attribute", "--instance-id", id, "--instance-type",
          "Value=\(to)",
        ] + place,
        ["aws", "ec2", "start-instances", "--instance-ids", id] + place,
      ]
    case .azure:
      let name =
        ShellText.isResourceID(id)
        ? ["--ids", id] : ["--resource-group", "\"$RESOURCE_GROUP\"", "--name", id]
      guard let to = action.to else { return [["az", "vm", "deallocate"] + name] }
      return [
        ["az", "vm", "deallocate"] + name, ["az", "vm", "resize"] + name + ["--size", to],
        ["az", "vm", "start"] + name,
      ]
    case .gcp:
      let name = [id, "--zone", "\"$ZONE\""]
      guard let to = action.to else {
        return [["gcloud", "compute", "instances", "stop"] + name]
      }
      return [
        ["gcloud", "compute", "instances", "stop"] + name,
        ["gcloud", "compute", "instances", "set-machine-type"] + name + ["--machine-type", to],
        ["gcloud", "compute", "instances", "start"] + name,
      ]
    }
  }
}
