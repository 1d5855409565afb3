import Testing
import SyncProtocol
