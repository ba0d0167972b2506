//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import TestSupport
internal import Testing

@testable internal import GoogleIDTokenCredentials

@Suite("AWS as a source of federation", .serialized, .timeLimit(.minutes(5)))
struct AWSTests {
    private static let keys =
        #"{"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"swordfish/secret","Token":"session","Code":"Success"}"#

    /// A metadata server of EC2 that demands a session token (IMDSv2).
    private static func metadata(keys: String = Self.keys) throws -> LoopbackServer {
        try LoopbackServer { request in
            if request.method == "PUT", request.path == "/latest/api/token" {
                return request["x-aws-ec2-metadata-token-ttl-seconds"] == ["300"]
                    ? .text("imds-session") : .response(400)
            }
            guard request["x-aws-ec2-metadata-token"] == ["imds-session"] else { return .response(401) }
            switch request.path {
            case "/latest/meta-data/placement/availability-zone": return .text("eu-west-1b")
            case "/latest/meta-data/iam/security-credentials": return .text("my role".replacing(" ", with: "-"))
            case "/latest/meta-data/iam/security-credentials/my-role": return .text(keys)
            default: return .response(404)
            }
        }
    }

    private static func file(_ google: LoopbackServer, _ metadata: LoopbackServer) throws -> String {
        let source = """
            {"environment_id":"aws1","region_url":"\(metadata.url("/latest/meta-data/placement/availability-zone"))",
            "url":"\(metadata.url("/latest/meta-data/iam/security-credentials"))",
            "imdsv2_session_token_url":"\(metadata.url("/latest/api/token"))",
            "regional_cred_verification_url":
            "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"}
            """
        return try KeyFiles.externalAccount(google, source: source, type: "urn:ietf:params:aws:token-type:aws4_request")
    }

    /// The subject token as Google reads it.
    private static func subjectToken(_ google: LoopbackServer) throws -> IDTokenJSON {
        let encoded = try #require(google.requests.first?.form["subject_token"])
        return try JSONReader.read(Array(try #require(encoded.removingPercentEncoding).utf8))
    }

    private static func fields(_ token: IDTokenJSON) -> [String: String] {
        Dictionary(
            (token["headers"]?.arrayValue ?? []).map { ($0["key"]?.stringValue ?? "", $0["value"]?.stringValue ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
    }

    @Test("region and keys come from the metadata server with a session token, and the request is signed with them")
    func metadataServer() async throws {
        let (google, metadata) = (try LoopbackServer.google(), try Self.metadata())
        let credentials = try KeyFiles.credentials(try Self.file(google, metadata), TestSurroundings().environment())
        #expect(try await credentials.token(for: TestToken.audience).audience == TestToken.audience)
        #expect(metadata.requests.map(\.method) == ["PUT", "GET", "GET", "GET"])

        let token = try Self.subjectToken(google)
        #expect(
            token["url"]?.stringValue
                == "https://sts.eu-west-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"
        )
        #expect(token["method"]?.stringValue == "POST")
        #expect(token["body"]?.stringValue == "")
        let fields = Self.fields(token)
        #expect(fields["x-goog-cloud-target-resource"] == KeyFiles.provider)
        #expect(fields["x-amz-security-token"] == "session")
        #expect(fields["host"] == "sts.eu-west-1.amazonaws.com")
        let request = AWSSignature.Request(
            method: "POST",
            host: "sts.eu-west-1.amazonaws.com",
            path: "/",
            query: [("Action", "GetCallerIdentity"), ("Version", "2011-06-15")],
            fields: [("x-goog-cloud-target-resource", KeyFiles.provider)]
        )
        let signer = AWSSignature(
            keys: .init(id: "ASIAEXAMPLE", secret: "swordfish/secret", sessionToken: "session"),
            region: "eu-west-1",
            service: "sts"
        )
        let expected = try signer.fields(for: request, at: TestToken.now).last?.value
        #expect(fields["authorization"] == expected)
    }

    @Test(
        "variables of the environment come first, without a request",
        arguments: ["AWS_REGION", "AWS_DEFAULT_REGION"]
    )
    func variables(region: String) async throws {
        let (google, metadata) = (try LoopbackServer.google(), try Self.metadata())
        let variables = [region: "us-east-2", "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "secret"]
        let environment = TestSurroundings().environment(variables)
        let credentials = try KeyFiles.credentials(try Self.file(google, metadata), environment)
        _ = try await credentials.token(for: TestToken.audience)
        #expect(metadata.requestCount == 0)
        let fields = Self.fields(try Self.subjectToken(google))
        #expect(fields["host"] == "sts.us-east-2.amazonaws.com")
        #expect(fields["x-amz-security-token"] == nil)
        #expect(fields["authorization"]?.contains("Credential=AKIA/") == true)
    }

    @Test("a region that would change the host is refused")
    func region() async throws {
        let (google, metadata) = (try LoopbackServer.google(), try Self.metadata())
        let variables = ["AWS_REGION": "attacker.com/", "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "secret"]
        let environment = TestSurroundings().environment(variables)
        let credentials = try KeyFiles.credentials(try Self.file(google, metadata), environment)
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(error.code == .subjectTokenUnavailable)
        #expect(google.requestCount == 0)
    }

    @Test(
        "keys that are not there are told without what came instead",
        arguments: [
            "", "{}", #"{"AccessKeyId":"swordfish"}"#, #"{"AccessKeyId":"a\nb","SecretAccessKey":"swordfish"}"#,
        ]
    )
    func missingKeys(keys: String) async throws {
        let (google, metadata) = (try LoopbackServer.google(), try Self.metadata(keys: keys))
        let credentials = try KeyFiles.credentials(try Self.file(google, metadata), TestSurroundings().environment())
        let error = try await failure { () async throws(IDTokenCredentialsError) in
            try await credentials.token(for: TestToken.audience)
        }
        #expect(error.code == .subjectTokenUnavailable)
        #expect(!error.explanation.contains("swordfish"))
        #expect(google.requestCount == 0)
    }
}
