import Cells
import Foundation

/// How people see colours: as most do, or without one of the three kinds of cones.
enum Sight: CaseIterable {
  case normal, protanope, deuteranope, tritanope

  /// What of red, green and blue light is seen as red, green and blue: Machado, Oliveira and Fernandes
  /// (2009), severity 1.0.
  fileprivate var matrix: [[Double]] {
    switch self {
    case .normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .protanope:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranope:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanope:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }
}

extension RGB {
  /// The three parts as amounts of light.
  fileprivate var light: [Double] {
    [red, green, blue].map { part in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  /// How bright it is, as contrast is reckoned from.
  var luminance: Double { zip([0.2126, 0.7152, 0.0722], light).map(*).reduce(0, +) }
}

/// A colour in CIELAB.
struct Lab {
  let lightness, a, b: Double

  init(_ lightness: Double, _ a: Double, _ b: Double) {
    (self.lightness, self.a, self.b) = (lightness, a, b)
  }

  /// As somebody sees it.
  init(_ colour: RGB, as sight: Sight) {
    let seen = sight.matrix.map { row in min(max(zip(row, colour.light).map(*).reduce(0, +), 0), 1)
    }
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339, 0.1191920, 0.9503041],
    ]
    let white = [0.95047, 1, 1.08883]
    let f = zip(toXYZ, white).map { row, white in
      let part = zip(row, seen).map(*).reduce(0, +) / white
      return part > 216.0 / 24389 ? cbrt(part) : (24389.0 / 27 * part + 16) / 116
    }
    self.init(116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2]))
  }

  /// How different two colours look: CIEDE2000.
  func distance(to other: Lab) -> Double {
    func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
    let chroma = (hypot(a, b) + hypot(other.a, other.b)) / 2
    let g = 0.5 * (1 - sqrt(pow(chroma, 7) / (pow(chroma, 7) + pow(25, 7))))
    let (a1, a2) = ((1 + g) * a, (1 + g) * other.a)
    let (c1, c2) = (hypot(a1, b), hypot(a2, other.b))
    func hue(_ b: Double, _ a: Double) -> Double {
      let angle = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / .pi
      return angle < 0 ? angle + 360 : angle
    }
    let (h1, h2) = (hue(b, a1), hue(other.b, a2))
    let isGrey = c1 * c2 == 0
    var turn = isGrey ? 0 : h2 - h1
    if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
    var mean = isGrey ? h1 + h2 : (h1 + h2) / 2
    if !isGrey, abs(h1 - h2) > 180 { mean += h1 + h2 < 360 ? 180 : -180 }
    let light = (lightness + other.lightness) / 2 - 50
    let c = (c1 + c2) / 2
    let t =
      1 - 0.17 * cos(radians(mean - 30)) + 0.24 * cos(radians(2 * mean))
      + 0.32 * cos(radians(3 * mean + 6)) - 0.20 * cos(radians(4 * mean - 63))
    let lightPart =
      (other.lightness - lightness) / (1 + 0.015 * light * light / sqrt(20 + light * light))
    let chromaPart = (c2 - c1) / (1 + 0.045 * c)
    let huePart = 2 * sqrt(c1 * c2) * sin(radians(turn) / 2) / (1 + 0.015 * c * t)
    let rotation =
      -sin(radians(60 * exp(-pow((mean - 275) / 25, 2)))) * 2
      * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)))
    return sqrt(
      lightPart * lightPart + chromaPart * chromaPart + huePart * huePart
        + rotation * chromaPart * huePart)
  }
}
