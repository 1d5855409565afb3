import Testing
import ReplicaStore
