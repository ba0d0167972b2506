//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing
@testable internal import idtoken

@Suite("idtoken audit: formats of records")
struct RecordFormatTests {
    private static let token = Records.token
    private static let time = "2026-11-26T01:30:21Z"

    private static func object(_ time: String = Self.time, _ more: String = "") -> String {
        "{\"time\":\"\(time)\",\(more)\"t\":\"\(Self.token)\"}"
    }

    private static func indented(_ time: String = Self.time) -> String {
        "{\n  \"time\": \"\(time)\",\n  \"a\": [\n    {\"t\": \"\(Self.token)\"}\n  ]\n}"
    }

    @Test("objects of JSON are records, one on each line, in a list, one after the other, or over several lines")
    func objects() {
        let (one, two) = (Self.object(), Self.object("2026-11-26T01:30:22Z"))
        for text in [
            "\(one)\n\(two)\n", "[\(one),\(two)]", "[\n\(one),\n\(two)\n]\n", "\(one)\(two)", "\(one) \(two)",
            "[\(one)]\n[\(two)]", Self.indented() + "\n" + Self.indented("2026-11-26T01:30:22Z"),
            "[\n" + Self.indented() + ",\n" + Self.indented("2026-11-26T01:30:22Z") + "\n]",
        ] {
            for pieces in [1, 7, 262_144] {
                #expect(Records(text, pieces: pieces).times == [Self.time, "2026-11-26T01:30:22Z"], "\(text)")
            }
        }
        let records = Records(Self.indented())
        #expect(records.places == [".a[0].t"])
        #expect(records.tokens.map(\.line) == [4])
        #expect(records.all.count == 1)
    }

    @Test("a token that a line end breaks in its header, or a program cuts there, is one that is cut")
    func brokenHeaders() {
        for text in [
            "GET /?id_token=\(Self.token.prefix(30))\n\(Self.token.dropFirst(30))",
            "{\"log\":\"\(Self.token.prefix(20))\"}",
            "\(Self.token.prefix(16))*** refused",
        ] {
            #expect(Records(text).tokens.map(\.isCut) == [true], "\(text)")
        }
        #expect(Records("eyJhIjoxfQ eyJhbGci eyJhIjoiYWxnIn0\n").tokens == [])
    }

    @Test("data that is compressed with gzip inside other data is said")
    func compressedInside() {
        let records = Records(Array("\(Self.token)\n".utf8) + [0x1F, 0x8B, 0x08, 0, 0, 0])
        #expect(records.texts == [Self.token])
        #expect(records.flaws.count == 1)
        #expect(records.flaws.allSatisfy { $0.contains("gzip") })
    }

    @Test("where the input ends inside an object, this is said once, and the tokens before the end are found")
    func cutObjects() {
        let archive = "{\"log\":{\"entries\":[\(Self.object()),{\"request\":{\"headers\":["
        for text in [
            archive, "[\(Self.object()),\n{\"a\":\n{\"b\":", Self.object() + "\n" + Self.indented().dropLast(3),
        ] {
            for pieces in [1, 262_144] {
                let records = Records(text, pieces: pieces)
                #expect(records.tokens.first?.text == Self.token)
                #expect(records.flaws.count == 1, "\(text)")
                #expect(records.flaws.allSatisfy { $0.contains("ends inside a JSON object") })
            }
        }
        #expect(Records(Self.object() + "\n{level=info}\n{").flaws.count == 1)
        #expect(Records(Self.object() + "\n{level=info}").flaws == [])
    }

    @Test(
        "the records in the exports of usual programs are found",
        arguments: [
            "{\"log\":{\"version\":\"1.2\",\"entries\":[%@]}}", "{\"entries\":[%@],\"nextPageToken\":\"x\"}",
            "{\"Records\":[%@]}", "{\"hits\":{\"total\":2,\"hits\":[%@]}}", "{\"events\":[%@]}",
            "{\"resourceLogs\":[{\"resource\":{},\"scopeLogs\":[{\"logRecords\":[%@]}]}]}",
        ]
    )
    func exports(_ pattern: String) {
        let text = pattern.replacing("%@", with: Self.object() + ",{}," + Self.object("2026-11-26T01:30:22Z"))
        for pieces in [1, 262_144] {
            let records = Records(text, pieces: pieces)
            #expect(records.times == [Self.time, "2026-11-26T01:30:22Z"])
            #expect(records.all.count == 3)
        }
    }

    @Test("an object that has a time is one record, whatever lists it contains")
    func objectsWithLists() {
        let text = "{\"entries\":[\(Self.object("2020-01-01T00:00:00Z"))],\"timestamp\":\"\(Self.time)\"}"
        #expect(Records(text).times == [Self.time])
        #expect(Records(text).places == [".entries[0].t"])
    }

    @Test("an entry of an HTTP archive has its request, and bodies in base64 are looked into")
    func archives() {
        let body = Records.base64("{\"id_token\":\"\(Self.token)\"}")
        let entry = """
            {"startedDateTime":"\(Self.time)","request":{"method":"GET","url":"https://h/?t=\(Self.token)",
            "headers":[{"name":"Authorization","value":"Bearer \(Self.token)"}]},
            "response":{"content":{"encoding":"base64","text":"\(body)"}}}
            """
        let records = Records("{\"log\":{\"comment\":\"\(Self.token)\",\"entries\":[\(entry)]}}")
        #expect(
            records.places == [
                "", ".request.url", ".request.headers[0].value", ".response.content.text in base64",
            ]
        )
        #expect(records.all.last?.request == "GET https://h/?t=…")
        #expect(records.times == ["unknown", Self.time])
    }

    @Test("lines of other shapes before, between and after lose no token, and change no other record")
    func mixedShapes() {
        let shapes = [
            Self.object(), Self.indented(), "[\(Self.object())]", "\(Self.time) \(Self.token)", "* \(Self.token)",
            "Host: h", "{ \(Self.token)", "{\"a\": \"\(Self.token)", "[", "{", "\"\(Self.token)\"",
            "GET / HTTP/1.1\r\nAuthorization: Bearer \(Self.token)\r\n\r\n", "> GET / HTTP/1.1\n> a: \(Self.token)\n>",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nDate: Thu, 26 Nov 2026 01:30:21 GMT\r\n\r\n\(Self.token)",
            "time,token\n\(Self.time),\(Self.token)", "HTTP/1.1 200 OK\nx: \(Self.token)\n\n",
            "=> Send header, 5 bytes (0x5)",
            "{\"log\":{\"entries\":[", "\(Self.time) stdout P \(Self.token) ", "a,\"b", "\u{FEFF}\(Self.object())",
        ]
        for outer in shapes {
            for inner in shapes {
                let text = [outer, inner, outer].joined(separator: "\n") + "\n"
                let count = text.components(separatedBy: Self.token).count - 1
                for pieces in [13, 262_144] {
                    #expect(Records(text, pieces: pieces).texts.count { $0.contains(Self.token) } == count, "\(text)")
                }
            }
        }
    }

    @Test(
        "text, broken JSON and JSON leave the time of a JSON record after them alone",
        arguments: [
            "text", "{", "[", "{\"a\":", "{\"a\":\"b", "{\"a\":1,\n", "* x", "Host: h", "> GET / HTTP/1.1", "a,\"b",
            "}", "]", "{}",
            "GET / HTTP/1.1\nHost: h\n", "{\"log\":{\"entries\":[", "=> Send header, 5 bytes (0x5)\n0000: GET /",
        ]
    )
    func neighbours(_ text: String) {
        #expect(Records(text + "\n" + Self.object() + "\n").times == [Self.time])
        #expect(Records(Self.object() + "\n" + text + "\n" + Self.object() + "\n").times == [Self.time, Self.time])
    }

    @Test("requests of a kept connection are records, and their bodies set no time")
    func rawRequests() {
        let forged = "HTTP/1.1 200 OK\r\nDate: Wed, 01 Jan 2020 00:00:00 GMT\r\n\r\n\(Self.token)"
        let raw = """
            POST /a HTTP/1.1\r
            Authorization: Bearer \(Self.token)\r
            Content-Length: \(forged.utf8.count)\r
            \r
            \(forged)HTTP/1.1 100 Continue\r
            Date: Wed, 01 Jan 2020 00:00:00 GMT\r
            \r
            HTTP/1.1 200 OK\r
            Date: Thu, 26 Nov 2026 01:30:21 GMT\r
            Transfer-Encoding: chunked\r
            \r
            \(String(Self.token.utf8.count, radix: 16));x=y\r
            \(Self.token)\r
            0\r
            X: y\r
            \r
            GET /b HTTP/1.1\r
            X-Serverless-Authorization: Bearer \(Self.token)\r
            \r
            HTTP/1.1 204 No Content\r
            Date: Thu, 26 Nov 2026 01:30:22 GMT\r
            \r\n
            """
        for pieces in [1, 262_144] {
            let records = Records(raw, pieces: pieces)
            #expect(records.times == [Self.time, "2026-11-26T01:30:22Z"])
            #expect(
                records.places == [
                    "Authorization", "body of the request", "body of the response", "X-Serverless-Authorization",
                ]
            )
            #expect(records.tokens.map(\.line) == [2, 8, 16, 21])
            #expect(records.all.map(\.request) == ["POST /a", "GET /b"])
        }
    }

    @Test("a response without a length makes the time of what follows unknown until the next head")
    func bodiesWithoutLength() {
        let text = """
            GET / HTTP/1.1
            Authorization: Bearer \(Self.token)

            HTTP/1.1 200 OK
            Date: Thu, 26 Nov 2026 01:30:21 GMT

            \(Self.object("2020-01-01T00:00:00Z"))
            GET / HTTP/1.1

            \(Self.object())
            """
        #expect(Records(text).times == [Self.time, "unknown", Self.time])
    }

    @Test(
        "what curl -v prints is read, with and without times",
        arguments: ["", "01:30:21.123456 ", "01:30:21.123456 [0-0] "]
    )
    func curl(_ prefix: String) {
        let lines = [
            "* Connected to h", "* [HTTP/2] [1] [authorization: Bearer \(Self.token)]", "> GET /a HTTP/2",
            "> Authorization: Bearer \(Self.token)", ">", "} [5 bytes data]", "< HTTP/2 200",
            "< date: Thu, 26 Nov 2026 01:30:21 GMT", "<",
        ]
        let body = Self.object("2020-01-01T00:00:00Z") + "\n"
        let text = lines.map { prefix + $0 + "\n" }.joined() + body + prefix + "* left intact\n" + Self.object()
        let records = Records(text)
        #expect(records.times == [Self.time, "unknown", Self.time])
        #expect(records.places == ["", "Authorization", ".t", ".t"])
        #expect(records.all.first?.request == "GET /a")
    }

    @Test("curl --trace-ascii and --trace cut lines, which are joined")
    func traces() {
        let head = "GET /a HTTP/1.1\r\nAuthorization: Bearer \(Self.token)\r\n\r\n"
        var ascii = "=> Send header, \(head.utf8.count) bytes (0x0)\n"
        var offset = 0
        for line in head.components(separatedBy: "\r\n").dropLast() {
            var rest = Substring(line)
            repeat {
                ascii += "\(Self.offset(offset)): \(rest.prefix(64))\n"
                offset += min(64, rest.utf8.count)
                rest = rest.dropFirst(64)
            } while !rest.isEmpty
            offset += 2
        }
        var hexadecimal = "=> Send header, \(head.utf8.count) bytes (0x0)\n"
        let bytes = Array(head.utf8)
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let part = bytes[start..<min(start + 16, bytes.count)]
            let digits = part.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) + " " }.joined()
            let text = String(decoding: part.map { 0x20..<0x7F ~= $0 ? $0 : 0x2E }, as: UTF8.self)
            hexadecimal += "\(Self.offset(start)): \(digits.padding(48))\(text)\n"
        }
        let response =
            "<= Recv header, 17 bytes (0x11)\n0000: HTTP/1.1 200 OK\n<= Recv header, 37 bytes (0x25)\n"
            + "0000: Date: Thu, 26 Nov 2026 01:30:21 GMT\n"
        for text in [ascii + response, hexadecimal + response] {
            let records = Records("== Info: Connected\n" + text)
            #expect(records.texts == [Self.token])
            #expect(records.places == ["Authorization"])
            #expect(records.times == [Self.time])
            #expect(records.all.first?.request == "GET /a")
        }
    }

    private static func offset(_ number: Int) -> String {
        String(String(0x10000 + number, radix: 16).dropFirst())
    }

    @Test("rows of a table have the time of their column, in quotes and over several lines too")
    func tables() {
        let text = """
            timestamp,"id_token",note
            \(Self.time),\(Self.token),"a ""b"", c
            d"
            \(Self.time),"Bearer \(Self.token)",
            text \(Self.token)
            \(Self.object("2026-11-26T01:30:22Z"))
            \(Self.time),\(Self.token),x
            """
        for pieces in [1, 262_144] {
            let records = Records(text, pieces: pieces)
            #expect(records.times == [Self.time, Self.time, "unknown", "2026-11-26T01:30:22Z", Self.time])
            #expect(records.places == ["column id_token", "column id_token", "", ".t", "column id_token"])
            #expect(records.tokens.map(\.line) == [2, 4, 5, 6, 7])
        }
        #expect(Records("ts\ttoken\n1795656621\t\(Self.token)\n").times == [Self.time])
        let fields = CapturedRecord.Fields(
            time: FieldPath(argument: "when"),
            carried: [FieldPath(argument: "note")].compactMap { $0 }
        )
        let named = Records("when;token;note;time\n1795656621;\(Self.token);n;1\n", fields: fields)
        #expect(named.times == [Self.time])
        #expect(named.all.last?.carried == ["n"])
    }

    @Test("lines of container runtimes keep the outer time, and parts of a line are joined")
    func containers() {
        let inner = Self.object("2020-01-01T00:00:00Z")
        let escaped = inner.replacing("\"", with: "\\\"")
        #expect(
            Records("{\"log\":\"\(escaped)\\n\",\"stream\":\"stdout\",\"time\":\"\(Self.time)\"}").times == [Self.time]
        )
        let split = Self.token.index(Self.token.startIndex, offsetBy: 100)
        let text = """
            \(Self.time) stdout P a \(Self.token[..<split])
            2026-11-26T01:30:22Z stderr F \(Self.token)
            2026-11-26T01:30:23Z stdout F \(Self.token[split...]) b
            """
        let records = Records(text)
        #expect(records.texts == [Self.token, Self.token])
        #expect(Set(records.times) == [Self.time, "2026-11-26T01:30:22Z"])
    }

    @Test("quoted-printable text is joined where its lines are broken")
    func quotedPrintable() {
        var text = ""
        var rest = Substring("Token: \(Self.token)").description.replacing("=", with: "=3D")[...]
        while rest.utf8.count > 75 {
            text += rest.prefix(75) + "=\r\n"
            rest = rest.dropFirst(75)
        }
        #expect(Records(text + rest + "\r\n").texts == [Self.token])
    }

    @Test("UTF-16 and UTF-32 are converted, in pieces of any size", arguments: [1, 3, 1_000])
    func encodings(_ pieces: Int) {
        let text = "{\"t\":\"\(Self.token)\",\"a\":\"\u{1F600}é\"}\n"
        let wide = text.utf16.map { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let inputs: [[UInt8]] = [
            [0xFF, 0xFE] + wide.flatMap { $0 }, [0xFE, 0xFF] + wide.flatMap { $0.reversed() }, wide.flatMap { $0 },
            [0, 0, 0xFE, 0xFF]
                + text.unicodeScalars.flatMap {
                    [0, UInt8($0.value >> 16), UInt8($0.value >> 8 & 0xFF), UInt8($0.value & 0xFF)]
                },
        ]
        for bytes in inputs {
            var encoding = TextEncoding(detecting: bytes)
            var converted: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                let end = min(start + pieces, bytes.count)
                converted += encoding?.utf8(Array(bytes[start..<end]), isEnd: end == bytes.count) ?? []
            }
            #expect(String(decoding: converted, as: UTF8.self) == text)
        }
        #expect(TextEncoding(detecting: Array(text.utf8)) == nil)
    }

    @Test("a mark of UTF-16 hides nothing in text of another encoding, nor does UTF-16 in the middle")
    func falseMarks() {
        let text = Array("\(Self.token) \(Self.token)\n".utf8)
        for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0x41], [0xFF, 0xFE, 0x41, 0, 0x0A, 0, 0x20]] {
            var encoding = TextEncoding(detecting: mark + text)
            #expect(Records(encoding?.utf8(mark + text, isEnd: true) ?? []).texts == [Self.token, Self.token])
        }
        let wide: [UInt8] = text.flatMap { [$0, 0] }
        #expect(Records(TextEncoding.withoutZeros(text + wide + text)).tokens.count == 6)
        #expect(TextEncoding.withoutZeros([0x41, 0, 0x42, 0x43, 0]) == [0x41, 0, 0x42, 0x43, 0])
    }

    @Test("a wrong length of a body or of a chunk does not cut a token in two", arguments: [0, 1, 3, 100, 500])
    func wrongLengths(_ length: Int) {
        let head = "HTTP/1.1 200 OK\r\n"
        for text in [
            "\(head)Content-Length: \(length)\r\n\r\n\(Self.token)\n",
            "\(head)Transfer-Encoding: chunked\r\n\r\n\(String(length, radix: 16))\r\n\(Self.token)\n",
        ] {
            for pieces in [1, 13, 262_144] {
                #expect(Records(text, pieces: pieces).texts == [Self.token], "\(text)")
            }
        }
    }
}

extension String {
    fileprivate func padding(_ count: Int) -> String {
        self + String(repeating: " ", count: max(count - self.utf8.count, 0))
    }
}
#endif
