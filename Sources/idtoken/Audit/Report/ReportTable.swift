//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
/// A table of the report, which the page's script makes sortable.
///
/// Its size is limited, so that the page stays small whatever the rows contain.
struct ReportTable {
    struct Column {
        /// What its cells contain.
        enum Kind: String {
            case text
            /// Text that needs room.
            case wide
            case time
            /// Numbers, which are sorted by size.
            case number
        }

        let title: String
        let kind: Kind

        init(_ title: String, _ kind: Kind = .text) {
            self.title = title
            self.kind = kind
        }
    }

    /// A cell: what it shows, and the number that it is sorted by, if that is another one.
    struct Cell: ExpressibleByStringInterpolation {
        let content: HTML
        var order: Int?

        init(_ content: HTML, order: Int? = nil) {
            self.content = content
            self.order = order
        }

        init(stringLiteral literal: String) {
            self.content = HTML(stringLiteral: literal)
        }

        init(stringInterpolation: HTML.Interpolation) {
            self.content = HTML(stringInterpolation: stringInterpolation)
        }
    }

    /// The name of the table in links.
    let id: String
    let title: String
    let columns: [Column]
    private let mostBytes: Int
    private var rows: HTML = ""
    private(set) var count = 0
    private var isFull = false

    /// Makes a table without rows.
    ///
    /// - Parameters:
    ///   - id: The name of the table in links.
    ///   - title: Its heading.
    ///   - columns: Its columns.
    ///   - mostBytes: How large all rows together may become.
    init(id: String, title: String, columns: [Column], mostBytes: Int) {
        self.id = id
        self.title = title
        self.columns = columns
        self.mostBytes = mostBytes
    }

    /// Adds a row.
    ///
    /// - Returns: Whether there was room for it.
    mutating func add(_ cells: [Cell]) -> Bool {
        guard !self.isFull else { return false }
        let row: HTML = "<tr>\(zip(self.columns, cells).map { Self.cell($1, of: $0) }.joined)</tr>\n"
        guard self.rows.size + row.size <= self.mostBytes else {
            self.isFull = true
            return false
        }
        self.rows += row
        self.count += 1
        return true
    }

    private static func cell(_ cell: Cell, of column: Column) -> HTML {
        let order: HTML = if let order = cell.order { " data-order=\"\(order)\"" } else { "" }
        return "<td class=\"\(column.kind.rawValue)\"\(order)>\(cell.content)</td>"
    }

    /// The section of the page with the table, in parts.
    ///
    /// - Parameter remark: What is told above the table, such as what it leaves out.
    /// - Returns: The section.
    func section(remark: HTML) -> [HTML] {
        guard self.count > 0 else {
            return ["<section id=\"\(self.id)\"><h2>\(self.title)</h2><p>\(remark)</p><p>None.</p></section>\n"]
        }
        let heads = self.columns
            .map { column -> HTML in
                "<th scope=\"col\" class=\"\(column.kind.rawValue)\">\(column.title)</th>"
            }
            .joined
        return [
            """
            <section id="\(self.id)"><h2>\(self.title)</h2><p>\(remark)</p>
            <div class="table" tabindex="0" role="region" aria-label="\(self.title)"><table>
            <thead><tr>\(heads)</tr></thead><tbody>

            """,
            self.rows, "</tbody></table></div></section>\n",
        ]
    }

    /// Rules that show the titles of columns beside each cell on narrow screens, where a row is a list of cells.
    var narrowStyle: String {
        self.columns.enumerated()
            .map { "#\(self.id) td:nth-child(\($0 + 1))::before{content:\"\($1.title)\"}" }
            .joined(separator: "\n")
    }
}
#endif
