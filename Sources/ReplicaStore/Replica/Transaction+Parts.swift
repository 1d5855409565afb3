/// The parts of a transaction, each of which knows one thing.
extension Transaction {
    var log: ChangesetLog { ChangesetLog(transaction: self) }
    var spoilt: SpoiltChangesets { SpoiltChangesets(transaction: self) }
    var staging: Staging { Staging(transaction: self) }
    var intake: Intake { Intake(transaction: self) }
    var sealer: Sealer { Sealer(transaction: self) }
    var stamps: StampKeeper { StampKeeper(transaction: self) }
    var incarnations: Incarnations { Incarnations(transaction: self) }
    var applier: Applier { Applier(transaction: self) }
    var waiting: WaitingChangesets { WaitingChangesets(transaction: self) }
    var control: ControlFold { ControlFold(transaction: self) }
    var history: SchemaHistory { SchemaHistory(transaction: self) }
    var capture: CaptureKeeper { CaptureKeeper(transaction: self) }
    var constraints: Constraints { Constraints(transaction: self) }
    var references: References { References(transaction: self) }
    var uniqueIndexes: UniqueIndexes { UniqueIndexes(transaction: self) }
    var schemaKeeper: SchemaKeeper { SchemaKeeper(transaction: self) }
    var ownObjects: OwnObjects { OwnObjects(transaction: self) }
    var ownColumns: OwnColumns { OwnColumns(transaction: self) }
    var ownTables: OwnTables { OwnTables(transaction: self) }
    var renames: Renames { Renames(transaction: self) }
    var remaker: TableRemaker { TableRemaker(transaction: self) }
    var cascades: Cascades { Cascades(transaction: self) }
    var repair: SchemaRepair { SchemaRepair(transaction: self) }
    var unseenWrites: UnseenWrites { UnseenWrites(transaction: self) }
    var crowded: CrowdedTables { CrowdedTables(transaction: self) }
    var doctor: Doctor { Doctor(transaction: self) }
    var fileCheck: FileCheck { FileCheck(transaction: self) }
    var conflictReports: ConflictReports { ConflictReports(transaction: self) }
    var logReports: LogReports { LogReports(transaction: self) }
    var recordReports: RecordReports { RecordReports(transaction: self) }
    var statusReports: StatusReports { StatusReports(transaction: self) }
    var verification: Verification { Verification(transaction: self) }
    var peerBook: PeerBook { PeerBook(transaction: self) }
    var invitations: Invitations { Invitations(transaction: self) }
    var founding: Founding { Founding(transaction: self) }
}
