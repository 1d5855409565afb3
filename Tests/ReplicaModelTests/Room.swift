import Testing
import ReplicaModel
