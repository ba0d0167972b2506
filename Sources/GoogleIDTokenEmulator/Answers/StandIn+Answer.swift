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
    private struct Route {
        let path: String
        let endpoint: GoogleEmulator.Endpoint
        /// Whether the endpoint has all paths that begin so.
        var isPrefix = false

        func matches(_ path: String) -> Bool {
            self.isPrefix ? path.utf8.starts(with: self.path.utf8) : path.isExactly(self.path)
        }
    }

    private static let routes = [
        Route(path: "/", endpoint: .metadata),
        Route(path: "/computeMetadata", endpoint: .metadata),
        Route(path: "/computeMetadata/", endpoint: .metadata, isPrefix: true),
        Route(path: "/oauth2/v3/certs", endpoint: .keys),
        Route(path: "/oauth2/v1/certs", endpoint: .keys),
        Route(path: "/issuers/", endpoint: .keys, isPrefix: true),
        Route(path: "/robot/v1/metadata/", endpoint: .keys, isPrefix: true),
        Route(path: "/service_accounts/v1/metadata/", endpoint: .keys, isPrefix: true),
        Route(path: "/.well-known/openid-configuration", endpoint: .discovery),
        Route(path: "/token", endpoint: .token),
        Route(path: "/oauth2/v4/token", endpoint: .token),
        Route(path: "/v1/token", endpoint: .sts),
        Route(path: "/v1/projects/-/serviceAccounts/", endpoint: .iam, isPrefix: true),
    ]

    private static let knownPaths =
        StandIn.routes.map { $0.isPrefix ? "\($0.path)…" : $0.path } + ["/control"]

    /// The hosts of Google that the emulator takes the place of when it is used as a proxy.
    static let knownHosts = [
        "metadata.google.internal", "metadata", "169.254.169.254", "accounts.google.com",
        "iamcredentials.googleapis.com",
        "oauth2.googleapis.com", "sts.googleapis.com", "www.googleapis.com",
    ]

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - url: The base of the emulator's own URLs.
    /// - Returns: The answer, after the fault that is switched on for that part of the emulator.
    func answer(_ request: LocalRequest, url: String) async -> LocalAnswer {
        if let fault = self.fault(for: request), let answer = await fault.happen() { return answer }
        return self.answerWithoutFault(request, url: url)
    }

    /// Answers a request without waiting, unless a fault is switched on for that part of the emulator.
    ///
    /// While the tests of a process keep all of Swift's threads busy, what waits for one waits longer than a client does.
    func answerAtOnce(_ request: LocalRequest, url: String) -> LocalAnswer? {
        self.fault(for: request) == nil ? self.answerWithoutFault(request, url: url) : nil
    }

    private func fault(for request: LocalRequest) -> GoogleEmulator.Fault? {
        if let authority = request.target.authority, !Self.isKnown(authority) { return nil }
        return Self.routes.first { $0.matches(request.target.path) }.flatMap { self.faults[$0.endpoint] }
    }

    private func answerWithoutFault(_ request: LocalRequest, url: String) -> LocalAnswer {
        if let authority = request.target.authority, !Self.isKnown(authority) {
            return .notFound("no such host", known: Self.knownHosts)
        }
        let path = request.target.path
        if path.isExactly("/control") || path.utf8.starts(with: "/control/".utf8) { return self.control(request) }
        guard let endpoint = Self.routes.first(where: { $0.matches(path) })?.endpoint else {
            return .notFound("no such path", known: Self.knownPaths)
        }
        do throws(TestIssuerError) {
            switch endpoint {
            case .keys: return try self.keys(request)
            case .discovery: return self.discovery(request, url: url)
            case .metadata: return try self.metadata(request)
            case .token: return try self.token(request, url: url)
            case .iam: return try self.iam(request)
            case .sts: return self.sts(request)
            }
        } catch {
            return .googleError(500, "INTERNAL", error.description)
        }
    }

    /// Whether the emulator is, or takes the place of, the host that a client of a proxy asks for.
    private static func isKnown(_ authority: String) -> Bool {
        // The emulator's own address cannot be told from the request: its field Host says what the client wants.
        if authority.utf8.starts(with: "[::1]".utf8) { return true }
        let host = String(decoding: authority.utf8.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
        return (Self.knownHosts + ["127.0.0.1", "localhost"]).contains { $0.isExactly(host) }
    }

    static func methodNotAllowed(_ methods: String) -> LocalAnswer {
        var answer = LocalAnswer.googleError(405, "METHOD_NOT_ALLOWED", "This path takes \(methods).")
        answer.fields.append(("Allow", methods))
        return answer
    }
}
#endif
