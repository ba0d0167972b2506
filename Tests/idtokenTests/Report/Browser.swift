//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// A real browser, Chromium, without a window.
struct Browser: Sendable {
    private static let names = ["chromium", "chromium-browser", "google-chrome"]
    private static let isRequired = ProcessInfo.processInfo.environment["IDTOKEN_REQUIRE_REAL_CLIENTS"] != nil

    private let program: String

    /// Ends the test if no browser is installed; where one must be, that is a failure.
    ///
    /// - Throws: If the test ends.
    static func require() async throws -> Browser {
        for name in Self.names where try await Command.status(of: ["sh", "-c", "command -v \(name) >/dev/null"]) == 0 {
            return Browser(program: name)
        }
        if Self.isRequired { Issue.record("this test must run here, but Chromium is missing") }
        // What cancels a test is not printed.
        print("skipped, since Chromium is missing: apt-get install chromium")
        try Test.cancel("skipped, since Chromium is missing")
    }

    /// Loads a page, and returns what it is after its scripts have run.
    ///
    /// - Parameter page: The file of the page.
    /// - Returns: The document as HTML, and what the browser says on standard error.
    /// - Throws: If the browser cannot be run.
    func load(_ page: URL) async throws -> Command {
        try await withTemporaryFolder { profile in
            let sandbox = try await Command.status(of: ["sh", "-c", "[ $(id -u) = 0 ]"]) == 0 ? ["--no-sandbox"] : []
            return try await Command(
                executable: URL(filePath: "/usr/bin/env"),
                [self.program, "--headless", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"] + sandbox
                    + [
                        "--user-data-dir=\(profile.path(percentEncoded: false))", "--allow-file-access-from-files",
                        "--disable-web-security", "--window-size=1280,1024", page.absoluteString,
                    ]
            )
        }
    }

    /// Loads a page inside another one, whose script uses it as a reader would.
    ///
    /// - Parameters:
    ///   - page: The file of the page.
    ///   - script: JavaScript for which `page` is the document of the page and `window` the page's window; it returns the
    ///     lines to be checked.
    /// - Returns: The lines, and what the browser says on standard error.
    /// - Throws: If the browser cannot be run.
    func use(_ page: URL, _ script: String) async throws -> (lines: [String], errors: String) {
        let reader = page.deletingLastPathComponent().appending(path: "reader.html")
        let html = """
            <!DOCTYPE html><meta charset="utf-8"><iframe src="\(page.lastPathComponent)" width="1280" height="1024"></iframe>
            <pre id="lines"></pre><script>
            onload = () => {
              const window = document.querySelector("iframe").contentWindow, page = window.document;
              const lines = (() => { \(script) })();
              document.getElementById("lines").textContent = lines.map(line => "line: " + line).join("\\n");
            };
            </script>
            """
        try Data(html.utf8).write(to: reader)
        let command = try await self.load(reader)
        let text = command.output.split(separator: "<pre id=\"lines\">").last?.split(separator: "</pre>").first ?? ""
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("line: ") }.map { String($0.dropFirst(6)) }
        return (lines, command.errors)
    }
}
#endif
