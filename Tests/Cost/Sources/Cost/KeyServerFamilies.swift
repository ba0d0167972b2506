//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import CurlTransport
@testable import GoogleIDToken

/// What a hostile key server can answer.
enum KeyServerFamilies {
    static var all: [Family] { Self.responses + Self.documents }

    private static var responses: [Family] {
        [
            Self.response("header floods: short lines") { size in Array(repeating: ("a", "b"), count: size / 6) },
            Self.response("header floods: Content-Encoding") { size in
                Array(repeating: ("content-encoding", ""), count: size / 20)
            },
            Self.response("header floods: a long line") { [("a", String(repeating: "b", count: $0))] },
            Self.response("header floods: encodings, in a list") {
                [("Transfer-Encoding", String(repeating: "a,", count: $0 / 2))]
            },
            Self.response("header floods: names of combining marks") { size in
                Array(repeating: (HostileJSON.marks(200), "b"), count: max(size / 207, 1))
            },
            Self.response("header floods: Cache-Control, combining marks") {
                [("Cache-Control", HostileJSON.marks($0))]
            },
            Self.response("header floods: Cache-Control, commas") {
                [("Cache-Control", String(repeating: ",", count: $0))]
            },
            Self.response("header floods: Cache-Control, max-age") {
                [("Cache-Control", String(repeating: "max-age=9,", count: $0 / 10))]
            },
            Self.response("header floods: Cache-Control, a long max-age") {
                [("Cache-Control", "max-age=" + String(repeating: "9", count: $0))]
            },
            Self.response("header floods: Cache-Control, a quote") {
                [("Cache-Control", "a=\"" + String(repeating: ",b", count: $0 / 2))]
            },
            Self.response("header floods: Age, combining marks") {
                [("Cache-Control", "max-age=9"), ("Age", HostileJSON.marks($0))]
            },
            Self.response("header floods: Age, commas") {
                [("Cache-Control", "max-age=9"), ("Age", String(repeating: "1,", count: $0 / 2))]
            },
            Self.response("header floods: Expires, combining marks") { [("Expires", HostileJSON.marks($0))] },
            Self.response("header floods: Expires, twice with combining marks") { size in
                [("Expires", HostileJSON.marks(size / 2)), ("Expires", HostileJSON.marks(size / 2))]
            },
            Self.response("header floods: Date, white space") {
                [("Date", "Mon," + String(repeating: " ", count: $0))]
            },
            Self.response("header floods: ETag, combining marks") { [("ETag", HostileJSON.marks($0))] },
            Self.response("header floods: white space around a value") { [("a", String(repeating: " ", count: $0))] },
        ]
    }

    private static var documents: [Family] {
        HostileJSON.shapes.map { shape in
            Self.document("key documents: \(shape.name)") { #"{"keys":[],\#(shape.members($0))}"# }
        }
            + HostileJSON.shapes.map { shape in
                Self.document("key documents: in a key, \(shape.name)") {
                    #"{"keys":[{"kty":"RSA","kid":"k",\#(shape.members($0))}]}"#
                }
            }
            + [
                Self.document("key documents: key IDs of combining marks") { size in
                    let key = #"{"kid":"\#(HostileJSON.marks(size / 64))"}"#
                    return #"{"keys":[\#(Array(repeating: key, count: 60).joined(separator: ","))]}"#
                },
                Self.document("key documents: a long modulus") {
                    #"{"keys":[{"kty":"RSA","kid":"k","e":"AQAB","n":"\#(String(repeating: "v", count: $0 / 4 * 4))"}]}"#
                },
                Self.document("key documents: a long certificate") { size in
                    let lines = String(repeating: #"\#(String(repeating: "M", count: 64))\n"#, count: size / 66)
                    return #"{"a":"-----BEGIN CERTIFICATE-----\n\#(lines)-----END CERTIFICATE-----\n"}"#
                },
                Self.document("key documents: text that is no certificate") {
                    #"{"a":"\#(String(repeating: "-----BEGIN ", count: $0 / 11))"}"#
                },
                Self.document("key documents: a key that is read again and again") { size in
                    // As many as a document may have; the rest of the sizes is one text.
                    let key = String(decoding: Presented.issuer.keyDocument, as: UTF8.self)
                    return #"{"x":"\#(String(repeating: "x", count: size))",\#(key.dropFirst())"#
                },
            ]
    }

    /// Header lines as libcurl hands them over, then what the library makes of them.
    private static func response(_ name: String, _ fields: @escaping (Int) -> [(name: String, value: String)]) -> Family
    {
        Family(name, .growth, upTo: 60 * 1024) { size in
            let lines = fields(size).map { Array("\($0.name): \($0.value)\r\n".utf8) }
            let fetcher = KeyFetcher(
                url: "https://keys.example/",
                profile: .googleIDToken,
                client: KeyClient(CurlTransport())
            )
            return {
                let receiver = ResponseReceiver(limits: TransportLimits())
                _ = receiver.receiveHeader(Array("HTTP/1.1 503 No\r\n".utf8).span)
                for line in lines {
                    guard receiver.receiveHeader(line.span) else { break }
                }
                let response = KeySource.Response(status: 503, headerFields: receiver.fields, body: [])
                _ = fetcher.judge(response, wasConditional: false)
            }
        }
    }

    private static func document(_ name: String, _ text: @escaping (Int) -> String) -> Family {
        Family(name, .growth, upTo: 255 * 1024) { size in
            let bytes = Array(text(size - 400).utf8)
            return { _ = try? KeyDocument(parsing: bytes, for: .googleIDToken) }
        }
    }
}
