extension Entry {
    /// The texts in which the entries stand, room by room.
    static let texts = [
        FirstCommandPhrases.text,
        MiddleCommandPhrases.text,
        LastCommandPhrases.text,
        OutputPhrases.text,
        BundlePhrases.text,
        FacePhrases.text,
        NodePhrases.text,
        SessionPhrases.text,
        JudgementPhrases.text,
        LogPhrases.text,
        RowPhrases.text,
        ExpressionPhrases.text,
        SchemaPhrases.text,
        FilePhrases.text,
        ForeignPhrases.text,
    ]
}
