import Testing
import SyncTransport
