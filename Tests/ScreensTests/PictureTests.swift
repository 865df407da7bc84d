import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

@Test func first() throws {
  var history = History(Configuration(scheme: .ideal))
  try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
  var model = Model(history: history)
  for _ in 0..<12 { _ = model.update(.key(.right)) }
  print(draw(model, Size(columns: 80, rows: 24)).text)
  print(draw(model, Size(columns: 120, rows: 36)).text)
  print(draw(model, Size(columns: 64, rows: 20)).text)
}
