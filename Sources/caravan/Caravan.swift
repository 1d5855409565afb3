import ArgumentParser
@main struct Caravan: ParsableCommand {}
