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

@Suite("Token header")
struct TokenHeaderTests {
    private static func read(_ json: String) throws(VerificationError) -> TokenHeader {
        try TokenHeader(parsing: Array(json.utf8), algorithm: .rs256)
    }

    private static func code(_ json: String) -> VerificationError.Code? {
        #expect(throws: VerificationError.self) { try Self.read(json) }?.code
    }

    @Test("Google's header is read")
    func valid() throws {
        #expect(try Self.read(TestToken.header()).keyID == TestToken.keyID)
        #expect(try Self.read(#"{"alg":"RS256"}"#).keyID == nil)
    }

    @Test("parameters that are not understood are ignored")
    func unknownParameters() throws {
        let changes: [String: String?] = ["x": "[{}]", "nonce": "1", "zip": #""DEF""#, "b64": "true", "x5t": #""AA""#]
        #expect(try Self.read(TestToken.header(changes)).keyID == TestToken.keyID)
    }

    @Test(
        "[4] a header that is not one complete JSON object",
        arguments: [
            "", " ", "null", "true", "1", #""RS256""#, "[]", #"[{"alg":"RS256"}]"#, "{", #"{"alg":"RS256""#,
            #"{"alg":"RS256"}{}"#, #"{"alg":"RS256"}x"#, "{\"alg\":\"RS256\"}\0", "\u{FEFF}{\"alg\":\"RS256\"}",
            #"{"alg":"RS256",}"#, #"{'alg':'RS256'}"#, #"{"alg":"RS256"/**/}"#, #"{"alg":"\ud800"}"#, "{alg:RS256}",
        ]
    )
    func malformed(json: String) {
        #expect(Self.code(json) == .headerMalformed)
    }

    @Test("[4] a header that is not UTF-8, with the reader's word on it")
    func notUTF8() {
        let bytes = Array(#"{"alg":"RS256","kid":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        let error = #expect(throws: VerificationError.self) { try TokenHeader(parsing: bytes, algorithm: .rs256) }
        #expect(error?.code == .headerMalformed)
        #expect((error?.underlying as? JSONError)?.reason == .invalidUTF8)
    }

    @Test(
        "[5] a name that comes twice, also in a nested object and under an escape",
        arguments: [
            #"{"alg":"none","alg":"RS256"}"#, #"{"alg":"RS256","alg":"none"}"#, #"{"alg":"RS256","alg":"RS256"}"#,
            #"{"alg":"RS256","\u0061lg":"none"}"#, #"{"alg":"RS256","kid":"a","kid":"b"}"#,
            #"{"alg":"RS256","jwk":{"e":1,"e":2}}"#, #"{"alg":"RS256","x":1,"x":1}"#,
        ]
    )
    func duplicateNames(json: String) {
        #expect(Self.code(json) == .headerMalformed)
    }

    @Test("names that differ in case are different names")
    func caseOfNames() throws {
        #expect(try Self.read(#"{"alg":"RS256","ALG":"none","Kid":"a","kid":"b","CRIT":[]}"#).keyID == "b")
        #expect(Self.code(#"{"Alg":"RS256"}"#) == .algorithmUnsupported)
    }

    @Test(
        "[6] [11] [24] [40] [41] [42] any other algorithm than RS256",
        arguments: [
            nil, "null", "true", "256", "[]", #"["RS256"]"#, "{}", #""""#, #""none""#, #""None""#, #""nOnE""#,
            #""NONE""#, #""rs256""#, #""Rs256""#, #""RS256 ""#, #"" RS256""#, #""RS256\u0000""#, #""RS-256""#,
            #""RS2560""#, #""RS25""#, #""RS384""#, #""RS512""#, #""PS256""#, #""ES256""#, #""HS256""#, #""EdDSA""#,
            #""ＲＳ256""#,
        ] as [String?]
    )
    func otherAlgorithms(algorithm: String?) {
        #expect(Self.code(TestToken.header(["alg": algorithm])) == .algorithmUnsupported)
    }

    @Test("a token of Identity-Aware Proxy is named as one")
    func identityAwareProxy() {
        let error = #expect(throws: VerificationError.self) { try Self.read(TestToken.header(["alg": #""ES256""#])) }
        #expect(error?.explanation.contains("Identity-Aware Proxy") == true)
    }

    @Test(
        "[7] critical extensions, however they are written",
        arguments: [
            "[]", "null", "{}", "true", #""b64""#, #"["b64"]"#, #"["exp"]"#, #"["alg"]"#, #"["kid"]"#, #"["absent"]"#,
            #"[""]"#, "[1]", #"["kid","kid"]"#,
        ]
    )
    func critical(json: String) {
        #expect(Self.code(TestToken.header(["crit": json, "b64": "true", "exp": "1"])) == .headerUnsupported)
    }

    @Test("[8] keys and places of keys in the header are not looked at", arguments: ["jku", "jwk", "x5u", "x5c"])
    func keySources(name: String) throws {
        for value in [#""https://attacker.example.com""#, #"{"kty":"RSA"}"#, #"["MIID"]"#, "null", "1"] {
            #expect(try Self.read(TestToken.header([name: value])).keyID == TestToken.keyID)
        }
    }

    @Test(
        "[9] a key ID that is not text is none",
        arguments: [nil, "null", "1", "0", "true", "[]", #"["test-key"]"#, #"{"kid":"test-key"}"#] as [String?]
    )
    func keyIDs(json: String?) throws {
        #expect(try Self.read(TestToken.header(["kid": json])).keyID == nil)
    }

    @Test("[9] a key ID is kept byte by byte", arguments: ["", " ", "A", "a", "e\u{301}", "\u{E9}", "../../x", "\0"])
    func exactKeyID(id: String) throws {
        let json = IDTokenJSON.object([("alg", .string("RS256")), ("kid", .string(id))]).json
        let keyID = try #require(try Self.read(json).keyID)
        #expect(Array(keyID.utf8) == Array(id.utf8))
    }

    @Test(
        "[37] a type that is a JWT's",
        arguments: [nil, #""JWT""#, #""jwt""#, #""Jwt""#, #""application/jwt""#, #""Application/JWT""#] as [String?]
    )
    func types(type: String?) throws {
        #expect(try Self.read(TestToken.header(["typ": type])).keyID == TestToken.keyID)
    }

    @Test(
        "[37] any other type",
        arguments: [
            "null", "1", "true", "[]", #"["JWT"]"#, #""""#, #""at+jwt""#, #""application/at+jwt""#, #""logout+jwt""#,
            #""JWT ""#, #""JWE""#, #""JOSE""#, #""text/jwt""#, #""application/application/jwt""#, #""/jwt""#,
            #""jwt;x=y""#, #""ＪＷＴ""#,
        ]
    )
    func otherTypes(type: String) {
        #expect(Self.code(TestToken.header(["typ": type])) == .headerUnsupported)
    }

    @Test("[38] a token within the token", arguments: [#""JWT""#, #""jwt""#, #""application/jwt""#])
    func nested(contentType: String) {
        #expect(Self.code(TestToken.header(["cty": contentType])) == .headerUnsupported)
    }

    @Test("the algorithm is judged before critical extensions, and these before the type")
    func order() {
        let all: [String: String?] = ["alg": #""none""#, "crit": "[]", "typ": #""at+jwt""#]
        #expect(Self.code(TestToken.header(all)) == .algorithmUnsupported)
        let error = #expect(throws: VerificationError.self) {
            try Self.read(TestToken.header(["crit": "[]", "typ": #""at+jwt""#]))
        }
        #expect(error?.explanation.contains("crit") == true)
    }

    @Test("the one algorithm is the one asked for")
    func askedAlgorithm() throws {
        let bytes = Array(#"{"alg":"ES256"}"#.utf8)
        #expect(try TokenHeader(parsing: bytes, algorithm: .es256).keyID == nil)
        #expect(Self.code(#"{"alg":"ES256"}"#) == .algorithmUnsupported)
    }
}
