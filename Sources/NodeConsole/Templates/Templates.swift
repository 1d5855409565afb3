import Mustache

/// The templates of all pages. Whatever they take from records is escaped by the engine; nothing is let through as it
/// is but the drawing of a QR code, which the console makes itself.
enum Templates {
    /// The texts of the templates, by name.
    static let texts = frame.merging(records) { $1 }.merging(forms) { $1 }.merging(conflicts) { $1 }
        .merging(changes) { $1 }.merging(alliance) { $1 }.merging(sheets) { $1 }.merging(StickTemplates.all) { $1 }
        .merging(ConflictTemplates.all) { $1 }

    static let library = MustacheLibrary(templates: texts.mapValues(read))

    private static func read(_ text: String) -> MustacheTemplate {
        do { return try MustacheTemplate(string: text) } catch {
            preconditionFailure("a template of the console can be read: \(error)")
        }
    }
}
