//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import Testing

@testable internal import GoogleIDTokenCredentials

/// The published test vectors of AWS Signature Version 4.
@Suite("AWS signatures")
struct AWSSignatureTests {
    private static let keys = AWSSignature.Keys(
        id: "AKIDEXAMPLE",
        secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: nil
    )
    /// 2015-08-30T12:36:00Z.
    private static let time = 1_440_938_160.0

    private static func signature(_ request: AWSSignature.Request, service: String = "service") throws -> String {
        let signer = AWSSignature(keys: Self.keys, region: "us-east-1", service: service)
        let value = try signer.fields(for: request, at: Self.time).last?.value ?? ""
        return String(value.split(separator: "=").last ?? "")
    }

    @Test("the signing key of AWS's documentation")
    func signingKey() throws {
        let signer = AWSSignature(keys: Self.keys, region: "us-east-1", service: "iam")
        let key = try signer.signingKey("20150830").map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(key == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")
    }

    @Test("the example of AWS's documentation, ListUsers of IAM")
    func listUsers() throws {
        let request = AWSSignature.Request(
            method: "GET",
            host: "iam.amazonaws.com",
            path: "/",
            query: [("Action", "ListUsers"), ("Version", "2010-05-08")],
            fields: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")]
        )
        let signer = AWSSignature(keys: Self.keys, region: "us-east-1", service: "iam")
        let fields = try signer.fields(for: request, at: Self.time)
        #expect(fields.first { $0.name == "x-amz-date" }?.value == "20150830T123600Z")
        #expect(
            fields.last?.value
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                + "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        )
    }

    @Test(
        "requests of AWS's test suite",
        arguments: [
            ("GET", [], "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            ("POST", [], "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
            (
                "GET", [("Param2", "value2"), ("Param1", "value1")],
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
            ),
        ] as [(String, [(name: String, value: String)], String)]
    )
    func suite(method: String, query: [(name: String, value: String)], expected: String) throws {
        let request = AWSSignature.Request(method: method, host: "example.amazonaws.com", path: "/", query: query)
        #expect(try Self.signature(request) == expected)
    }

    @Test("a session token is signed as a header field")
    func sessionToken() throws {
        let keys = AWSSignature.Keys(id: "a", secret: "b", sessionToken: "session")
        let request = AWSSignature.Request(method: "POST", host: "sts.us-east-1.amazonaws.com", path: "/")
        let fields = try AWSSignature(keys: keys, region: "us-east-1", service: "sts")
            .fields(for: request, at: Self.time)
        #expect(fields.contains { $0 == ("x-amz-security-token", "session") })
        #expect(fields.last?.value.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,") == true)
    }

    @Test(
        "only https URLs of AWS are signed",
        arguments: [
            ("https://sts.us-east-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15", true),
            ("https://sts.us-east-1.amazonaws.com/path", true), ("http://sts.us-east-1.amazonaws.com", false),
            ("https://sts.us-east-1.amazonaws.com.attacker.com", false), ("https://amazonaws.com", false),
            ("https://user@sts.amazonaws.com", false), ("https://a%2f.amazonaws.com", false), ("", false),
        ]
    )
    func urls(url: String, isAllowed: Bool) {
        #expect((AWSRequestURL(url) != nil) == isAllowed)
    }
}
