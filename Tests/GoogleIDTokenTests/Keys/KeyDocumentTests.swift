//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Key document")
struct KeyDocumentTests {
    private static func read(_ json: String) throws(KeyDocumentError) -> KeyDocument {
        try KeyDocument(parsing: Array(json.utf8), for: .googleIDToken)
    }

    /// A JWK set of the valid key and others.
    private static func set(_ others: String...) throws -> String {
        #"{"keys":[\#(([try TestToken.webKey()] + others).joined(separator: ","))]}"#
    }

    private static func map(_ certificates: [(id: String, pem: String)]) -> String {
        IDTokenJSON.object(certificates.map { ($0.id, .string($0.pem)) }).json
    }

    private static func error(_ json: String) -> KeyDocumentError? {
        #expect(throws: KeyDocumentError.self) { try Self.read(json) }
    }

    /// A certificate of an RSA key of 1024 bits.
    private static let weakCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIB/DCCAWWgAwIBAgIUWiHbjZHejnRj+4U2iqcGPYciHbUwDQYJKoZIhvcNAQEL
        BQAwDzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjQwMzI0MDZaGA8yMTI2MTAzMTAz
        MjQwNlowDzENMAsGA1UEAwwEdGVzdDCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkC
        gYEAzgVqXBpPe7HuzuzecpMTZmwl32x1swG/UwFt+4+DtsQkV0jNFVT77JPNo8R2
        /6eDWWSZppfAWc0TTT56NXtgHwVYTpLGdJMClCKmnK15nhIRJ+XP5wkKLXUUKw7U
        regnwnH7wpcKlka8V+h7FN9Yf39ZoMfbQ8KzwFpB2ljaCLECAwEAAaNTMFEwHQYD
        VR0OBBYEFBO3nTHoR22+zMJmHrboEgXh5P70MB8GA1UdIwQYMBaAFBO3nTHoR22+
        zMJmHrboEgXh5P70MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEA
        oscArFPeAfZ9B4THnZbvcBy00cLHERAL9OAPHeGnCdo5bmw8/q05YZVZrkG2I8ki
        nCVQ/8S7LUCtpC17dh0CFImXBUOMZBtSDfNltuUIRLyu8LnksNTizoZ4/sq96fjJ
        GvgI2yLyRKWY1z66rnPOw+cY6Ws2rPxMFqaXu+O4ud8=
        -----END CERTIFICATE-----
        """

    @Test("a JWK set is read, in its order")
    func webKeySet() throws {
        let document = try Self.read(Self.set(TestToken.webKey(["kid": #""a""#]), TestToken.webKey(["kid": #""b""#])))
        #expect(document.keySet.keys.map(\.id) == ["test-key", "a", "b"])
        #expect(document.keySet.keys.allSatisfy { $0.bitCount == 2_048 })
        #expect(document.skipped.isEmpty)
        #expect(document.keySet.skippedKeyCount == 0)
    }

    @Test("an object of key IDs with certificates is read, and its keys verify")
    func certificates() throws {
        let document = try Self.read(Self.map([("b", KnownKey.rsaCertificate), ("a", KnownKey.rsaCertificate + "\n")]))
        #expect(document.keySet.keys.map(\.id) == ["b", "a"])
        #expect(document.skipped.isEmpty)
        let key = try #require(document.keySet["a"])
        let (signature, message) = (KnownKey.rsaCertificateSignature, KnownKey.message)
        try key.verify(signature.span, over: message.span)
    }

    @Test("[17] keys are found by the exact bytes of their IDs")
    func lookup() throws {
        let others = try [TestToken.webKey(["kid": #""é""#]), TestToken.webKey(["kid": #""e\u0301""#])]
        let keySet = try Self.read(Self.set(others[0], others[1])).keySet
        #expect(keySet.keys.count == 3)
        #expect(keySet[TestToken.keyID] != nil)
        guard case .rsa(let composed)? = keySet["\u{E9}"], case .rsa(let decomposed)? = keySet["e\u{301}"] else {
            Issue.record("a key is missing")
            return
        }
        #expect(composed !== decomposed)
        for id in ["", "Test-key", "test-key ", " test-key", "test-key\0", "test", "\u{C9}"] {
            #expect(keySet[id] == nil)
        }
    }

    @Test("[13] members of the document that are not understood are ignored")
    func unknownMembers() throws {
        let json = #"{"a":1,"Keys":[],"keys":[\#(try TestToken.webKey())],"a":{"b":1,"b":2}}"#
        #expect(try Self.read(json).keySet.keys.count == 1)
    }

    @Test(
        "[12] what is no key document",
        arguments: [
            "null", "1", "true", #""keys""#, "[]", #"[{"keys":[]}]"#, #"{"keys":null}"#, #"{"keys":{}}"#,
            #"{"keys":"a"}"#, #"{"keys":1}"#, #"{"keys":[],"keys":[]}"#, #"{"a":1}"#, #"{"a":{}}"#,
            #"{"error":{"code":404}}"#, #"{"Keys":[]}"#, #"{"a":null}"#,
        ]
    )
    func notKeyDocument(json: String) throws {
        guard case .notKeyDocument = try #require(Self.error(json)) else {
            Issue.record("another error")
            return
        }
    }

    @Test(
        "[13] an entry that is no text is passed over beside a certificate",
        arguments: ["null", "1", "{}", "[]", "true"]
    )
    func entryThatIsNoText(value: String) throws {
        let certificate = IDTokenJSON.string(KnownKey.rsaCertificate).json
        let document = try Self.read(#"{"a":\#(value),"b":\#(certificate)}"#)
        #expect(document.keySet.keys.map(\.id) == ["b"])
        #expect(document.skipped.map(\.id) == ["a"])
        #expect(document.skipped.map(\.reason) == ["it is not a string"])
    }

    @Test("what is no JSON", arguments: ["", "<html>", "{", #"{"keys":[]}x"#, "\u{FEFF}{}", #"{"keys":[]"#])
    func notJSON(json: String) throws {
        guard case .notJSON = try #require(Self.error(json)) else {
            Issue.record("another error")
            return
        }
    }

    @Test("[18] a document without keys", arguments: ["{}", #"{"keys":[]}"#, #"{"keys":[],"a":"b"}"#])
    func noKeys(json: String) throws {
        guard case .noUsableKey(let skipped) = try #require(Self.error(json)) else {
            Issue.record("another error")
            return
        }
        #expect(skipped.isEmpty)
    }

    @Test("[13] [18] a document of which no key can be used says why the first cannot")
    func noUsableKey() throws {
        let error = try #require(Self.error(#"{"keys":[{"kid":"a","kty":"EC"},{"kid":"b","kty":"oct"}]}"#))
        #expect(
            "\(error)" == "none of its 2 keys can be used; the first key is unusable because its type (kty) is not RSA"
        )
    }

    @Test(
        "[13] a key that cannot be used is skipped and told, and the others stay",
        arguments: [
            ("null", nil, "not a JSON object"), ("[]", nil, "not a JSON object"), ("{}", nil, "no key ID"),
            (#"{"kty":"RSA"}"#, nil, "no key ID"), (#"{"kid":1}"#, nil, "no key ID"),
            (#"{"kid":"a"}"#, "a", "not RSA"), (#"{"kid":"a","kty":"EC","crv":"P-256"}"#, "a", "not RSA"),
            (#"{"kid":"a","kid":"a"}"#, "a", "duplicate name"), (#"{"kid":"a","kty":"RSA"}"#, "a", "modulus"),
        ] as [(String, String?, String)]
    )
    func skipped(key: String, id: String?, words: String) throws {
        for keys in ["\(key),\(try TestToken.webKey())", "\(try TestToken.webKey()),\(key)"] {
            let document = try Self.read(#"{"keys":[\#(keys)]}"#)
            #expect(document.keySet.keys.map(\.id) == [TestToken.keyID])
            #expect(document.keySet.skippedKeyCount == 1)
            let skipped = try #require(document.skipped.first)
            #expect(skipped.id == id)
            #expect(skipped.reason.contains(words))
        }
    }

    @Test(
        "a certificate that cannot be used is skipped and told, and the others stay",
        arguments: [
            Named("empty", ("", "not a certificate")), Named("no PEM", ("MIID", "not a certificate")),
            Named("EC", (KnownKey.ecCertificate, "not an RSA key")),
            Named("1024 bits", (Self.weakCertificate, "does not have 2048 to 8192 bits")),
            Named("cut", (String(KnownKey.rsaCertificate.dropLast(200)), "not a certificate")),
            Named(
                "public key",
                ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "not a certificate")
            ),
        ]
    )
    func skippedCertificates(certificate: Named<(String, String)>) throws {
        let (pem, words) = certificate.value
        let document = try Self.read(Self.map([("a", pem), ("b", KnownKey.rsaCertificate)]))
        #expect(document.keySet.keys.map(\.id) == ["b"])
        #expect(document.skipped.map(\.id) == ["a"])
        #expect(document.skipped.first?.reason.contains(words) == true)
    }

    @Test("[17] two keys with one ID are both dropped, even if one cannot be used")
    func duplicateKeyIDs() throws {
        let other = try TestToken.webKey(["kid": #""b""#])
        for twin in [other, #"{"kid":"b","kty":"EC"}"#, #"{"kid":"\u0062"}"#] {
            for keys in [[other, twin], [twin, other]] {
                let document = try Self.read(Self.set(keys[0], keys[1]))
                #expect(document.keySet.keys.map(\.id) == [TestToken.keyID])
                #expect(document.keySet["b"] == nil)
                #expect(document.skipped.map(\.id) == ["b", "b"])
                #expect(document.skipped.allSatisfy { $0.reason.contains("more than once") })
            }
        }
        #expect(throws: KeyDocumentError.self) { try Self.read(#"{"keys":[\#(other),\#(other),\#(other)]}"#) }
    }

    @Test("[14] [17] two certificates with one ID are both dropped")
    func duplicateCertificateIDs() throws {
        let certificate = KnownKey.rsaCertificate
        let document = try Self.read(Self.map([("a", certificate), ("b", certificate), ("a", certificate)]))
        #expect(document.keySet.keys.map(\.id) == ["b"])
        #expect(document.skipped.map(\.id) == ["a", "a"])
    }

    @Test("64 keys are read, and 65 are refused, also if the last cannot be used")
    func keyCount() throws {
        let keys = try (0..<64).map { try TestToken.webKey(["kid": "\"\($0)\""]) }
        #expect(try Self.read(#"{"keys":[\#(keys.joined(separator: ","))]}"#).keySet.keys.count == 64)
        for last in [try TestToken.webKey(), "null"] {
            let error = try #require(Self.error(#"{"keys":[\#((keys + [last]).joined(separator: ","))]}"#))
            #expect("\(error)" == "it has more than 64 keys")
        }
        let certificates = (0...64).map { (id: "\($0)", pem: "") }
        #expect(Self.error(Self.map(certificates)).map { "\($0)" } == "it has more than 64 keys")
    }

    @Test("256 KiB are read, and one byte more is refused before it is read")
    func size() throws {
        let json = try Self.set()
        let spaces = String(repeating: " ", count: 256 * 1_024 - json.utf8.count)
        #expect(try Self.read(json + spaces).keySet.keys.count == 1)
        #expect(Self.error(json + spaces + " ").map { "\($0)" } == "it is larger than 256 KiB")
        let nonsense = String(repeating: "x", count: 256 * 1_024 + 1)
        #expect(Self.error(nonsense).map { "\($0)" } == "it is larger than 256 KiB")
    }
}
