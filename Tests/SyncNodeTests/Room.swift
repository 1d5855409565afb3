import Testing
import SyncNode
