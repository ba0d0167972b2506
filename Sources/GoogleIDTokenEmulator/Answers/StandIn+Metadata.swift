//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
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
        guard request.is("GET") else { return Self.methodNotAllowed("GET, HEAD") }
        // Clients first ask for the root, to find out whether there is a metadata server.
        if request.target.path.isExactly("/") { return Self.metadataText("computeMetadata/\n") }
        // The field keeps out requests that a web page or a redirect of another site makes a client send.
        guard
            request.header("metadata-flavor")?.isExactly("Google") == true, request.header("x-forwarded-for") == nil
        else {
            return Self.metadataText("Missing Metadata-Flavor:Google header.\n", status: 403)
        }
        let account = self.settings.serviceAccount
        let path = request.target.segments.dropFirst().filter { !$0.isEmpty }
            .map { $0.isExactly(account.subject) ? account.email : $0 }
        guard let version = path.first else { return Self.metadataText("v1/\n") }
        let tree = self.metadataTree
        guard version.isExactly("v1"), let entry = tree[path.dropFirst()] else {
            return Self.metadataNotFound(tree, path.dropFirst())
        }
        if case .made(let made) = entry { return try self.made(made, request.target.query) }
        let query = request.target.query
        let isRecursive = query.has("recursive", "true")
        if let json = entry.json, query.has("alt", "json") || (isRecursive && !query.has("alt", "text")) {
            return Self.metadataJSON(json)
        }
        guard !isRecursive || entry.names.isEmpty else {
            return Self.metadataText("The emulator has recursive contents as JSON only: alt=json.\n", status: 400)
        }
        return Self.metadataText(entry.text)
    }

    private static func metadataText(_ text: String, status: Int = 200) -> LocalAnswer {
        .text(text, type: "application/text", status: status)
    }

    /// JSON as the metadata server sends it: clients compare the type with `application/json`, without a charset.
    private static func metadataJSON(_ value: IDTokenJSON) -> LocalAnswer {
        .text(value.json, type: "application/json")
    }

    /// The answer for a path that is not there: it lists what the last folder on the way has.
    private static func metadataNotFound(_ tree: MetadataEntry, _ path: ArraySlice<String>) -> LocalAnswer {
        let lengths = stride(from: path.count - 1, through: 0, by: -1)
        let names = lengths.lazy.compactMap { tree[path.prefix($0)]?.names }.first { !$0.isEmpty }
        return .notFound("no such metadata", known: names ?? tree.names)
    }

    private static let projectNumber: Int64 = 1_053_222_222_222

    private var metadataTree: MetadataEntry {
        let email = self.settings.serviceAccount.email
        let account = MetadataEntry.folder([
            ("aliases", .lines(["default"])),
            ("email", .value(.string(email))),
            ("identity", .made(.identityToken)),
            ("scopes", .lines([Self.scope])),
            ("token", .made(.accessToken)),
        ])
        let place = "projects/\(Self.projectNumber)"
        let instance = MetadataEntry.folder([
            ("attributes", .folder([])),
            ("hostname", .value(.string("example.us-central1-a.c.\(self.settings.project).internal"))),
            ("id", .value(.integer(TestMachine.instanceID))),
            ("machine-type", .value(.string("\(place)/machineTypes/e2-micro"))),
            ("name", .value(.string("example"))),
            ("region", .value(.string("\(place)/regions/us-central1"))),
            ("service-accounts", .folder([("default", account), (email, account)])),
            ("zone", .value(.string("\(place)/zones/us-central1-a"))),
        ])
        return .folder([
            ("instance", instance),
            (
                "project",
                .folder([
                    ("attributes", .folder([])),
                    ("numeric-project-id", .value(.integer(Self.projectNumber))),
                    ("project-id", .value(.string(self.settings.project))),
                ])
            ),
            ("universe", .folder([("universe-domain", .value(.string("googleapis.com")))])),
        ])
    }

    private func made(_ made: MetadataEntry.Made, _ query: FormFields) throws(TestIssuerError) -> LocalAnswer {
        switch made {
        case .accessToken: Self.metadataJSON(.object(self.accessTokenMembers(for: self.settings.serviceAccount)))
        case .identityToken: try self.identity(query)
        }
    }

    private func identity(_ query: FormFields) throws(TestIssuerError) -> LocalAnswer {
        guard let audience = query["audience"] else {
            return Self.metadataText("non-empty audience parameter required\n", status: 400)
        }
        let isFull = query.has("format", "full")
        guard isFull || query["format"] == nil || query.has("format", "standard") else {
            return Self.metadataText("format must be standard or full\n", status: 400)
        }
        // Some clients write "license". Without the full format, licenses have no effect.
        let tellsLicenses = isFull && (query.has("licenses", "true") || query.has("license", "true"))
        let token = try self.identityToken(
            IdentityTokens.Request(
                audience: audience,
                sender: isFull ? .metadataServer : .metadataServerStandard,
                tellsLicenses: tellsLicenses
            )
        )
        // The type that Google's metadata server gives the token; Ruby's library accepts no other.
        return .text(token, type: "text/html")
    }
}
#endif
