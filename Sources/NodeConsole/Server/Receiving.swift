import Foundation
import Hummingbird
import SyncNode

/// Files that come with a form: they go to disk as they come, once the form has shown its token.
enum Receiving {
    static func upload(_ visit: Visit, as kind: Upload.Kind) async throws -> Upload {
        guard let session = visit.session else { throw PageError(status: .unauthorized, key: "error_token") }
        let place = visit.console.uploads.place()
        let read = try await withDeadline { try await receive(visit, session, into: place.path) }
        let upload = Upload(
            kind: kind, id: place.id, session: session.id, path: place.path, name: read.name, sent: Clock.now,
            request: read.fields)
        await visit.console.uploads.keep(upload)
        return upload
    }

    /// The upload that the address names, of whoever asks.
    static func find(_ visit: Visit, _ kind: Upload.Kind) async throws -> Upload {
        guard let session = visit.session,
            let upload = await visit.console.uploads.find(visit.part("upload"), kind, of: session.id)
        else { throw PageError(status: .notFound, key: "error_upload") }
        return upload
    }

    private static func receive(
        _ visit: Visit, _ session: BrowserSession, into path: String
    ) async throws -> (name: String, fields: Form) {
        guard var form = Multipart(visit.request), try await form.readFields() else {
            throw PageError(status: .badRequest, key: "error_form")
        }
        guard Secret.areSame(form.fields["token"] ?? "", session.token) else {
            throw PageError(status: .forbidden, key: "error_token")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PageError(status: .serviceUnavailable, key: "error_disk") }
        defer { close(descriptor) }
        do {
            try await form.readFile { bytes in
                guard write(descriptor, bytes, bytes.count) == bytes.count else {
                    throw PageError(status: .serviceUnavailable, key: "error_disk")
                }
            }
        } catch {
            unlink(path)
            throw error
        }
        return (String(form.fileName.prefix(200)), form.fields)
    }

    /// Has a node write a file, and leads the browser to it.
    ///
    /// - Parameter name: under which the browser keeps it.
    static func download(
        _ visit: Visit, name: String, _ write: (_ path: String) async throws -> Void
    ) async throws -> Response {
        guard let session = visit.session else { throw PageError(status: .unauthorized, key: "error_token") }
        let place = visit.console.uploads.place()
        do { try await write(place.path) } catch {
            unlink(place.path)
            throw error
        }
        await visit.console.uploads.keep(
            Upload(
                kind: .download, id: place.id, session: session.id, path: place.path, name: name, sent: Clock.now,
                request: Form()))
        return .seeOther("/download/" + place.id)
    }

    /// The file that was made.
    static func give(_ visit: Visit) async throws -> Response {
        let file = try await find(visit, .download)
        return try Response.file(at: file.path, named: file.name, type: "application/octet-stream")
    }
}
