import Hummingbird
import Logging
import SyncNode

/// The things that all pages of a console share.
struct Console: Sendable {
    let home: NodeHome
    let site: ConsoleSite
    let desk: Desk
    let sessions = BrowserSessions()
    let news = News()
    let exchanges = Exchanges()
    let shown = ShownStates()
    let invitations = MadeInvitations()
    let crowd: Crowd
    let folder: ConsoleFolder
    let uploads: Uploads
    let logger: Logger
    let measures: ConsoleMeasures

    /// The routes of all pages.
    func router() -> Router<ConsoleContext> {
        let router = Router(context: ConsoleContext.self, options: .autoGenerateHeadEndpoints)
        // Whatever is asked for and is not there is said to be so as everything is, wherever in the tree it would be.
        router.add(
            middleware: HeaderMiddleware(site: site) { request, context in
                await Gate(console: self).page(request, context) { _ in
                    throw PageError(status: .notFound, key: "error_not_found")
                }
            })
        addOpenRoutes(to: router)
        let pages: [(String, @Sendable (Visit) async throws -> Response)] = [
            ("/", OverviewPage.show), ("/records", RecordTablesPage.show), ("/records/:table", RecordListPage.show),
            ("/records/:table/:key", RecordPage.show), ("/new/:table", RecordFormPage.showNew),
            ("/edit/:table/:key", RecordFormPage.showEdit), ("/delete/:table/:key", RecordFormPage.showDelete),
            ("/pick/:table", PickPage.show), ("/export/:table", ExportPage.show),
            ("/conflicts", ConflictsPage.show), ("/merge/:table/:key", MergePage.show),
            ("/changes", ChangesPage.show), ("/changes/:feed/:seq", ChangesetPage.show),
            ("/alliance", AlliancePage.show), ("/import", ImportPage.show), ("/import/:upload", ImportPage.showPreview),
            ("/sticks/:upload", SticksPage.show), ("/download/:upload", Receiving.give), ("/help", HelpPage.show),
            ("/sessions", SessionsPage.show),
        ]
        for (path, page) in pages { add(path, to: router, page) }
        let forms: [(String, @Sendable (Visit) async throws -> Response)] = [
            ("/new/:table", RecordFormPage.create), ("/edit/:table/:key", RecordFormPage.save),
            ("/delete/:table/:key", RecordFormPage.delete), ("/conflicts/settle", SettlePage.settle),
            ("/conflicts/all", ConflictsPage.settleAll), ("/merge/:table/:key", MergePage.merge),
            ("/undo", ChangesetPage.undo), ("/alliance/:act", AlliancePage.act),
            ("/import/:upload", ImportPage.apply), ("/sticks/export", SticksPage.export),
            ("/sticks/request", SticksPage.request), ("/sticks/:upload", SticksPage.take),
            ("/sessions/end", SessionsPage.end),
            ("/sign-out", SessionsPage.signOut),
        ]
        for (path, form) in forms {
            router.post(RouterPath(path)) { request, context in
                await Gate(console: self).form(request, context, form)
            }
        }
        for (path, upload) in [("/import", ImportPage.upload), ("/sticks", SticksPage.upload)] {
            router.post(RouterPath(path)) { request, context in
                await Gate(console: self).upload(request, context, upload)
            }
        }
        return router
    }

    private func add(
        _ path: String, to router: Router<ConsoleContext>, _ page: @escaping @Sendable (Visit) async throws -> Response
    ) {
        router.get(RouterPath(path)) { request, context in await Gate(console: self).page(request, context, page) }
    }

    private func addOpenRoutes(to router: Router<ConsoleContext>) {
        router.get("/sign-in") { request, context in
            await Gate(console: self).open(request, context, SignInPage.enter)
        }
        router.get("/assets/:hash/:name") { _, context in
            guard let asset = Asset.all.first(where: { $0.name == context.part("name") }) else {
                return Response(status: .notFound)
            }
            return asset.response
        }
        router.get("/events") { request, context in await Gate(console: self).page(request, context, EventsPage.show) }
        router.get("/healthz") { _, _ in PlainText.response("ok\n") }
        router.get("/readyz") { _, _ in
            do {
                _ = try await desk.reader()
                return PlainText.response("ready\n")
            } catch { return PlainText.response("not ready\n", .serviceUnavailable) }
        }
        router.get("/metrics") { _, context in
            // Members are named in it, and nobody has signed in.
            guard ConsoleSite.isLoopback(context.address) else {
                return PlainText.response("measures are read on the node's own machine\n", .forbidden)
            }
            return PlainText.response(await measures.text(), type: NodePages.metricsKind)
        }
    }
}
