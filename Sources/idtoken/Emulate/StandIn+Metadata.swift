//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension StandIn {
    /// The metadata server of virtual machines and of Cloud Run.
    func metadata(_ request: LocalRequest) throws(TestIssuerError) -> LocalAnswer {
        var answer = try self.metadataAnswer(request)
        answer.fields += [("Metadata-Flavor", "Google"), ("Server", "Metadata Server for VM")]
        return answer
    }

    private func metadataAnswer(_ request: LocalRequest) throws(TestIssuerError) -> LocalAnswer {
        guard request.method == "GET" else { return Self.methodNotAllowed }
        // Clients first ask for the root, to find out whether there is a metadata server.
        guard let first = request.path.first, !first.isEmpty else { return .text("computeMetadata/\n") }
        // The field keeps out requests that a web page or a redirect of another site makes a client send.
        guard request.header("Metadata-Flavor") == "Google", request.header("X-Forwarded-For") == nil else {
            return .text("Missing Metadata-Flavor:Google header.\n", status: 403)
        }
        let path = request.path.dropFirst()
        guard path.first == "v1" else { return .text("v1/\n") }
        switch Array(path.dropFirst().filter { !$0.isEmpty }) {
        case []: return .text("instance/\nproject/\nuniverse/\n")
        case ["project"]: return .text("numeric-project-id\nproject-id\n")
        case ["project", "project-id"]: return .text(self.settings.project)
        case ["project", "numeric-project-id"]: return .text("1053222222222")
        case ["universe", "universe-domain"], ["universe", "universe_domain"]: return .text("googleapis.com")
        case ["instance"]: return .text("id\nname\nregion\nservice-accounts/\nzone\n")
        case ["instance", "id"]: return .text("152986662232938449")
        case ["instance", "name"]: return .text("example")
        case ["instance", "zone"]: return .text("projects/1053222222222/zones/us-central1-a")
        case ["instance", "region"]: return .text("projects/1053222222222/regions/us-central1")
        case ["instance", "service-accounts"]: return self.accounts(request)
        case let path where path.starts(with: ["instance", "service-accounts"]):
            return try self.account(path[2], Array(path.dropFirst(3)), request)
        default: return Self.metadataNotFound
        }
    }

    private static let metadataNotFound = LocalAnswer.text("The requested URL was not found.\n", status: 404)

    private func accounts(_ request: LocalRequest) -> LocalAnswer {
        let email = self.settings.account.email
        guard request.query["recursive"] == "true" else { return .text("default/\n\(email)/\n") }
        return .object(("default", self.accountObject), (email, self.accountObject))
    }

    private var accountObject: IDTokenJSON {
        .object(
            [
                ("aliases", .array([.string("default")])),
                ("email", .string(self.settings.account.email)),
                ("scopes", .array([.string(Self.scope)])),
            ]
        )
    }

    private func account(
        _ name: String,
        _ path: [String],
        _ request: LocalRequest
    ) throws(TestIssuerError) -> LocalAnswer {
        guard name == "default" || name == self.settings.account.email else { return Self.metadataNotFound }
        switch path {
        case []:
            return request.query["recursive"] == "true"
                ? .json(self.accountObject) : .text("aliases\nemail\nidentity\nscopes\ntoken\n")
        case ["aliases"]: return .text("default\n")
        case ["email"]: return .text(self.settings.account.email)
        case ["scopes"]: return .text(Self.scope + "\n")
        case ["token"]: return self.accessTokenAnswer(for: self.settings.account)
        case ["identity"]: return try self.identity(request)
        default: return Self.metadataNotFound
        }
    }

    private func identity(_ request: LocalRequest) throws(TestIssuerError) -> LocalAnswer {
        guard let audience = request.query["audience"] else {
            return .text("non-empty audience parameter required\n", status: 400)
        }
        switch request.query["format"] {
        case nil, "standard":
            return .text(try self.mint(for: audience, from: .metadataServerStandard, caller: self.settings.account))
        case "full":
            return .text(try self.mint(for: audience, from: .metadataServer, caller: self.settings.account))
        default: return .text("format must be standard or full\n", status: 400)
        }
    }

    static let scope = "https://www.googleapis.com/auth/cloud-platform"

    /// The answer with an access token, of the metadata server and of the token endpoint (RFC 6749 §5.1).
    func accessTokenAnswer(for caller: TestCaller) -> LocalAnswer {
        .object(
            ("access_token", .string(self.grantAccess(to: caller))),
            // Google's metadata server never returns a whole hour, so a test must not depend on one.
            ("expires_in", .integer(Int64(AccessTokens.lifetime) - 1)),
            ("token_type", .string("Bearer"))
        )
    }
}
#endif
