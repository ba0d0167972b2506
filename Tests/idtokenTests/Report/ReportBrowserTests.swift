//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// The page of `idtoken audit --report` in a real browser.
@Suite("idtoken audit: the report in a browser")
struct ReportBrowserTests {
    private static let start = ReportedAudit.start
    /// E-mail addresses and key IDs that try to run script, to end an element, and to reorder text.
    private static let hostile = [
        #"<script>document.title="taken"</script>@example.com"#, #"</script><script>document.title="taken"</script>"#,
        #""><img src=x onerror=document.title="taken">"#, "' onload='document.title=1' x='", "</title></style></pre>",
        "<!--<script>", "&lt;b&gt;", "a\u{202E}moc.elpmaxe@b", "a\u{2066}b\u{2028}c\u{0}\u{7}\u{1B}[2J",
        "\u{05D0}\u{05D1}@example.com",
    ]

    @Test("the browser shows counts, lanes and tables, and says nothing about errors")
    func shows() async throws {
        let browser = try await Browser.require()
        try await withTemporaryFolder { folder in
            let requests = try (0..<150)
                .map { number in
                    let time = Self.start + number * 7_200
                    return ReportedAudit.Request(
                        time: time + (number % 10 == 0 ? 9_000 : 60),
                        token: try ReportedAudit.token("caller\(number % 3)@example.com", issuedAt: time)
                    )
                }
            let audit = try await ReportedAudit(requests, in: folder)
            let (lines, errors) = try await browser.use(
                audit.page,
                """
                const table = page.querySelector("#tokens table");
                return [
                  page.querySelector(".totals .verified dd").innerText,
                  page.querySelector(".totals .rejected dd").innerText,
                  page.querySelectorAll("#time .lane svg rect.verified").length > 50,
                  page.querySelectorAll("#time .lane svg rect.rejected").length,
                  table.tBodies[0].rows.length,
                  page.querySelector("#tokens output").innerText,
                  page.querySelectorAll("#lives .bar.late").length,
                  page.documentElement.scrollWidth <= window.innerWidth,
                ];
                """
            )
            #expect(lines == ["135", "15", "true", "15", "100", "100 of 150 rows shown", "15", "true"])
            #expect(!errors.contains("CONSOLE"), "\(errors)")
        }
    }

    @Test("the tables sort by a click on a head, and filter")
    func sortsAndFilters() async throws {
        let browser = try await Browser.require()
        try await withTemporaryFolder { folder in
            let requests = try (1...120)
                .flatMap { number in
                    let token = try ReportedAudit.token("caller\(number)@example.com", issuedAt: Self.start)
                    return (0..<(number == 7 ? 11 : number % 3 + 1))
                        .map { ReportedAudit.Request(time: Self.start + number + $0, token: token) }
                }
            let audit = try await ReportedAudit(requests, in: folder)
            let (lines, _) = try await browser.use(
                audit.page,
                """
                const section = page.querySelector("#callers"), heads = section.querySelectorAll("th button");
                const first = column => section.querySelector("tbody").rows[0].cells[column].innerText;
                const lines = [first(0)];
                heads[0].click(); lines.push(first(0), section.querySelector("th").getAttribute("aria-sort"));
                heads[0].click(); lines.push(first(0), section.querySelector("th").getAttribute("aria-sort"));
                heads[1].click(); lines.push(first(1)); heads[1].click(); lines.push(first(1));
                const filter = section.querySelector("input");
                filter.value = "CALLER11 example"; filter.dispatchEvent(new window.Event("input"));
                lines.push(section.querySelector("output").innerText, section.querySelector("tbody").rows.length);
                filter.value = ""; filter.dispatchEvent(new window.Event("input"));
                lines.push(section.querySelector("tbody").rows.length);
                section.querySelector("button:not(th button)").click();
                lines.push(section.querySelector("tbody").rows.length);
                return lines;
                """
            )
            #expect(
                lines == [
                    "caller7@example.com", "caller100@example.com", "ascending", "caller9@example.com", "descending",
                    "11", "1", "11 of 11 matching rows shown", "11", "100", "120",
                ]
            )
        }
    }

    @Test("names that contain markup or control text are shown as they are, and nothing of them runs")
    func hostileNamesAreShown() async throws {
        let browser = try await Browser.require()
        try await withTemporaryFolder { folder in
            let requests = try Self.hostile
                .flatMap { name in
                    [
                        ReportedAudit.Request(
                            time: Self.start + 60,
                            token: try ReportedAudit.token(name, issuedAt: Self.start)
                        ),
                        ReportedAudit.Request(
                            time: Self.start + 60,
                            token: try ReportedAudit.token("a@example.com", issuedAt: Self.start, keyID: name),
                            peer: name
                        ),
                    ]
                }
            let audit = try await ReportedAudit(requests, in: folder)
            let control = audit.html.unicodeScalars.filter {
                $0.properties.generalCategory == .format || $0.value < 0x20
            }
            #expect(control.allSatisfy { $0 == "\n" })
            let (lines, errors) = try await browser.use(
                audit.page,
                """
                const cells = Array.from(page.querySelectorAll("#callers td:first-child"), cell => cell.textContent);
                const keys = Array.from(page.querySelectorAll("#keys td:first-child"), cell => cell.textContent);
                const name = \(Self.script(Self.hostile[0])), end = \(Self.script(Self.hostile[1]));
                return [
                  page.title, page.querySelectorAll("script").length, page.querySelectorAll("img").length,
                  page.querySelectorAll("[onload], [onerror]").length,
                  cells.includes(name), cells.includes(end), keys.includes(name), keys.includes(end),
                  cells.includes("a\\\\u{202e}moc.elpmaxe@b"), cells.includes("&lt;b&gt;"),
                  page.querySelectorAll("#evidence table").length,
                ];
                """
            )
            #expect(
                lines == ["Audit of captured tokens", "1", "0", "0"] + Array(repeating: "true", count: 6) + ["3"]
            )
            #expect(!errors.contains("CONSOLE"), "\(errors)")
        }
    }

    @Test("a script that got into the page would not run, because the page allows its own only")
    func foreignScriptDoesNotRun() async throws {
        let browser = try await Browser.require()
        try await withTemporaryFolder { folder in
            let audit = try await ReportedAudit(lines: ["nothing"], in: folder)
            let foreign = #"<script>document.title="taken"</script><img src="x" onerror="document.title='taken'">"#
            let changed = audit.html.replacing("<main>", with: "<main>\(foreign)")
            try Data(changed.utf8).write(to: audit.page)
            let (lines, errors) = try await browser.use(audit.page, "return [page.title];")
            #expect(lines == ["Audit of captured tokens"])
            #expect(errors.contains("Content Security Policy"))
        }
    }

    /// Text as an expression of JavaScript that contains no markup.
    private static func script(_ text: String) -> String {
        "String.fromCharCode(\(text.utf16.map(String.init).joined(separator: ",")))"
    }
}
#endif
