internal import Cells
internal import Export
internal import Foundation
internal import Screens

/// Pictures of the screen in files.
enum PictureFile {
  /// How a picture is written: its file's ending says it.
  enum Format: String, CaseIterable {
    case svg, txt

    init?(path: String) { self.init(rawValue: (path as NSString).pathExtension.lowercased()) }
  }

  static func text(of model: Model, _ size: Size, _ format: Format) -> String {
    let picture = draw(model, size)
    switch format {
    case .txt: return picture.text + "\n"
    case .svg:
      return SVG.picture(
        picture, theme: model.theme, title: model.pictureTitle,
        description: model.pictureDescription)
    }
  }

  /// Saves what is on the screen as SVG and as text, and returns the names of both files.
  ///
  /// What is there already is never written over: a number is added to the name.
  static func save(_ model: Model, _ size: Size, in folder: String) throws(Mistake) -> [String] {
    var number = 1
    while true {
      let name = model.pictureName + (number == 1 ? "" : "-\(number)")
      number += 1
      if try create(model, size, name, in: folder) {
        return Format.allCases.map { "\(name).\($0.rawValue)" }
      }
    }
  }

  /// Both files, or neither; false where one of them is there already.
  private static func create(
    _ model: Model, _ size: Size, _ name: String, in folder: String
  ) throws(Mistake) -> Bool {
    var made: [String] = []
    do {
      for format in Format.allCases {
        let path = "\(folder)/\(name).\(format.rawValue)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0, errno == EEXIST {
          made.forEach { unlink($0) }
          return false
        }
        guard descriptor >= 0 else {
          throw Mistake(
            "no picture: \(name).\(format.rawValue) cannot be written here: "
              + String(cString: strerror(errno)))
        }
        made.append(path)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text(of: model, size, format).utf8))
      }
      return true
    } catch {
      made.forEach { unlink($0) }
      throw error as? Mistake
        ?? Mistake("no picture: it could not be written to its end; is the disk full?")
    }
  }
}

extension Sitting {
  /// What is on the screen, in two files in the present folder.
  mutating func savePicture(of size: Size) {
    do throws(Mistake) {
      var whole = model
      whole.lookUpAll()
      let names = try PictureFile.save(whole, size, in: ".")
      model.tell(
        "saved: \(names.joined(separator: " and ")), in \(FileManager.default.currentDirectoryPath)"
      )
    } catch {
      model.refuse(error.line)
    }
  }
}
