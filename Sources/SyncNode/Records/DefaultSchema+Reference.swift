/// Reference lists, which others keep: countries, regions, languages, fields of education, occupations.
extension DefaultSchema {
    static let reference = """
        CREATE TABLE country (
            id TEXT NOT NULL PRIMARY KEY,
            \(names),
            alpha3 TEXT CHECK (CAST(alpha3 AS TEXT) GLOB '[A-Z][A-Z][A-Z]'),
            CHECK (CAST(id AS TEXT) GLOB '[A-Z][A-Z]')
        );
        CREATE TABLE region (
            id TEXT NOT NULL PRIMARY KEY CHECK (CAST(id AS TEXT) GLOB '[A-Z][A-Z]-*'),
            country TEXT NOT NULL REFERENCES country(id) ON DELETE RESTRICT,
            \(names)
        );
        CREATE TABLE language (
            id TEXT NOT NULL PRIMARY KEY CHECK (CAST(id AS TEXT) GLOB '[a-z][a-z]*'),
            \(names)
        );
        CREATE TABLE education_field (
            id TEXT NOT NULL PRIMARY KEY
                CHECK (CAST(id AS TEXT) GLOB '[0-9][0-9]*' AND length(CAST(id AS TEXT)) BETWEEN 2 AND 4),
            parent TEXT REFERENCES education_field(id) ON DELETE RESTRICT,
            \(names)
        );
        CREATE TABLE occupation (
            id TEXT NOT NULL PRIMARY KEY CHECK (CAST(id AS TEXT) GLOB '[0-9]*'),
            parent TEXT REFERENCES occupation(id) ON DELETE RESTRICT,
            \(names)
        );
        """
}
