//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Testing
@testable internal import idtoken

@Suite("idtoken audit: tokens in any text")
struct TokenScannerTests {
    private static let token = Records.token
    private static let first = Records.token.split(separator: ".").first.map(String.init) ?? ""

    private static func found(_ text: String) -> [TokenScanner.Found] {
        let bytes = text.utf8.span
        var scanner = TokenScanner(0..<bytes.count)
        var found: [TokenScanner.Found] = []
        while let token = scanner.next(in: bytes) { found.append(token) }
        return found
    }

    @Test(
        "a token is found whatever stands beside it",
        arguments: [
            "%@", "Bearer %@", "bearer%%20%@", "Bearer+%@;x", "t=%@&u=1", "'%@'", "(\"%@\",", "<t>%@</t>", "[%@]",
            "a.b.%@.x", "x%%3D%@", "\\n%@\\n", "\\t%@", "\\u0022%@\\u0022", "\u{1B}[32m%@\u{1B}[0m",
            "\\u001b[32m%@", "&quot;%@&quot;", "#011%@", "id_token:%@", "xy%@", "%@.", "%@, and", "token=3D%@",
        ]
    )
    func surroundings(_ pattern: String) {
        let text = pattern.replacing("%%", with: "%").replacing("%@", with: Self.token)
        #expect(Self.found(text).map(\.text) == [Self.token])
        #expect(Self.found(text).allSatisfy { !$0.isCut })
    }

    @Test(
        "the dots may be escaped in any way",
        arguments: [
            "%2E", "%2e", "%252E", "%25252e", "%u002e", "\\u002e", "\\u002E", "\\\\u002e", "\\\\\\\\u002e", "\\x2e",
            "\\056", "\\u{2e}", "&#46;", "&#x2e;", "&#x2E;", "&amp;#46;", "&#0046;", "&period;", "=2E", "\\.",
        ]
    )
    func escapedDots(_ dot: String) {
        #expect(Self.found("Bearer " + Self.token.replacing(".", with: dot)).map(\.text) == [Self.token])
    }

    @Test("every character may be escaped")
    func escapedCharacters() {
        let percent = Self.token.utf8.map { "%" + String($0, radix: 16) }.joined()
        #expect(Self.found("t=" + percent + "&").map(\.text) == [Self.token])
        let json = Self.token.utf8.map { "\\u00" + String($0, radix: 16) }.joined()
        #expect(Self.found("\"" + json + "\"").map(\.text) == [Self.token])
        #expect(Self.found("%65" + Self.token.dropFirst()).map(\.text) == [Self.token])
    }

    @Test(
        "the header may have white space, other members first, escapes and padding",
        arguments: [
            " {\"alg\":\"RS256\"}", "\n{\"typ\":\"JWT\",\"alg\":\"RS256\"}", "\r\n\t{ \"alg\":\"RS256\"}",
            "{\n\"alg\":\"RS256\"}", "{\"\\u0061lg\":\"RS256\"}", "{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\"}}",
        ]
    )
    func headers(_ header: String) {
        for isPadded in [false, true] {
            let token = Records.token(header, padded: isPadded)
            #expect(Self.found(" \(token) ").map(\.text) == [token])
        }
    }

    @Test("several tokens on a line are found, and so is one in base64")
    func several() {
        #expect(Self.found("\(Self.token) \(Self.token),\(Self.token)").count == 3)
        for before in ["", "x", "xy", "xyz"] {
            let encoded = Records.base64(before + " Bearer " + Self.token + "\n")
            let found = Self.found("\"data\":\"\(encoded)\"")
            #expect(found.map(\.text) == [Self.token])
            #expect(found.allSatisfy { $0.isInBase64 })
        }
    }

    @Test("tokens that follow one another without anything between are told apart, also behind one that is cut")
    func adjacentTokens() {
        let segments = Self.token.split(separator: ".").map(String.init)
        #expect(Self.found(Self.token + Self.token + Self.token).map(\.text) == [Self.token, Self.token, Self.token])
        let cut = ["\(segments[0]).\(segments[1])", "\(segments[0]).\(segments[1])."]
        for beginning in cut {
            #expect(Self.found(beginning + Self.token).map(\.text) == [beginning, Self.token])
            #expect(Self.found(beginning + Self.token).map(\.isCut) == [true, false])
        }
        #expect(Self.found(String(segments[0].dropLast(8)) + Self.token).map(\.text).contains(Self.token))
        let escaped = (Self.token + Self.token).replacing(".", with: "%2E")
        #expect(Self.found(escaped).map(\.text) == [Self.token, Self.token])
        let syslog = " <165>1 2026-11-26T01:30:21Z h a 1 ID - "
        #expect(
            Self.found("385\(syslog)\(Self.token)385\(syslog)\(Self.token)").map(\.text) == [Self.token, Self.token]
        )
    }

    @Test("base64 is read whatever its letters form by chance, and over line ends")
    func base64() {
        let encoded = Records.base64(" " + Self.token + " ")
        // The letters that mark a token, in the middle of groups.
        for chance in ["AAAV5SAA", "ZXlKAA", "AleUpAAA"] {
            #expect(Self.found(chance + encoded).map(\.text).contains(Self.token), "\(chance)")
        }
        var lines: [String] = []
        var rest = encoded[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(76)))
            rest = rest.dropFirst(76)
        }
        for end in ["\n", "\r\n", "\\n", "%0D%0A"] {
            #expect(Self.found(lines.joined(separator: end)).map(\.text) == [Self.token], "\(end)")
        }
        #expect(Records("mail\n\n" + lines.joined(separator: "\n") + "\n").texts == [Self.token])
    }

    @Test("a colour inside the header does not hide a token")
    func colours() {
        let coloured = "\u{1B}[01;31m\u{1B}[KeyJ\u{1B}[m\u{1B}[K\(Self.token.dropFirst(3))"
        #expect(Self.found("id_token=\(coloured)&x").map(\.text) == [Self.token])
    }

    @Test("a token that ends too early is found as one that is cut")
    func cutTokens() {
        let segments = Self.token.split(separator: ".").map(String.init)
        let texts = [
            "\(segments[0]).\(segments[1])", "\(segments[0]).\(segments[1]).", "\(segments[0]).", "\(Self.token)...",
            "\(Self.token)…", "\(Self.token)\\u2026", String(Self.token.dropLast(9)), "\"\(Self.token.dropLast(9))\"",
            "Bearer \(segments[0])", "Bearer \(segments[0].prefix(20))...",
            "Authorization:Bearer%20\(segments[0].prefix(12))",
        ]
        for text in texts {
            #expect(Self.found(text).map(\.isCut) == [true], "\(text)")
        }
        let removed = "\(segments[0]).\(segments[1]).SIGNATURE_REMOVED_BY_GOOGLE"
        #expect(Self.found(removed).map(\.isCut) == [false])
        let unsigned = Records.base64("{\"alg\":\"none\"}") + ".e30."
        #expect(Self.found(unsigned).map(\.text) == [unsigned])
        #expect(Self.found(unsigned).map(\.isCut) == [false])
    }

    @Test("encrypted tokens, signatures without content and other dotted text are no tokens")
    func otherText() {
        let encrypted = Records.base64("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}")
        for text in [
            "\(encrypted).a.b.c.d", "\(encrypted)..b.c.d", "\(Self.first)..\(Records.signature)", "www.example.com",
            "a.b.c", "Bearer abcdefgh", "eyJ.eyJ.x", "1.2.3.4", "Bearer ya29.abcdefghijkl", "....", "%2E%2E", "\\\\.",
        ] {
            #expect(Self.found(text).isEmpty, "\(text)")
        }
    }

    @Test("a token that is far too long is found, and its text is not kept")
    func longTokens() {
        let found = Self.found("\(Self.first).\(String(repeating: "a", count: 200_000)).x \(Self.token)")
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.text.utf8.count <= 32_768 })
        #expect((found.first?.text.utf8.count ?? 0) > 16_384)
    }

    @Test(
        "long runs that look like tokens everywhere lead to no token, and the one after them is found",
        arguments: [
            "a.", "eyJ", "eyJ.", "\\", "%25", "Bearer", "BearereyJ", "ZXlK", "leUp", "&amp;", "=", "b.B.", "\\u",
        ]
    )
    func hostileRuns(_ text: String) {
        let run = String(repeating: text, count: 100_000)
        #expect(Self.found(run + " " + Self.token).last?.text == Self.token)
    }
}
#endif
