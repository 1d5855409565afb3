import Testing
import SyncWire
