//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// The code of the article Vapor.md, against the interface of Vapor that Stubs/Vapor.swift writes down.

import GoogleIDToken
import Synchronization
import Vapor

/// The verified caller of a request.
struct Caller: Authenticatable, Sendable {
    let token: VerifiedIDToken
}

/// A refused request: Vapor's ErrorMiddleware answers it with this status and these header fields.
struct RequestRefused: AbortError {
    let status: HTTPResponseStatus
    let headers: HTTPHeaders
    let reason = "The caller may not make this request."  // the body of the answer; the explanation is not for callers

    init(_ error: VerificationError, by request: Request) {
        let response = error.httpResponse(realm: "profiles")
        self.status = HTTPResponseStatus(statusCode: response.status)
        self.headers = HTTPHeaders(response.headerFields.map { ($0.name, $0.value) })
        request.logger.info(
            "request refused",
            metadata: ["code": "\(error.code.rawValue)", "explanation": "\(error.explanation)"]
        )
    }
}

/// Verifies each request and notes its caller.
struct CallerMiddleware: AsyncMiddleware {
    let verifier: IDTokenVerifier

    func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response {
        do throws(VerificationError) {
            request.auth.login(Caller(token: try await self.verifier.verify(headers: request.headers)))
        } catch {
            throw RequestRefused(error, by: request)
        }
        return try await next.respond(to: request)
    }
}

/// Lets only some of the verified callers pass.
///
/// It comes after CallerMiddleware.
struct CallerPolicyMiddleware: AsyncMiddleware {
    let policy: CallerPolicy

    func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response {
        let caller = try request.auth.require(Caller.self)
        do throws(VerificationError) {
            try self.policy.check(caller.token)
        } catch {
            throw RequestRefused(error, by: request)
        }
        return try await next.respond(to: request)
    }
}

/// Keeps the keys fresh from the start of the application to its end.
final class KeyRefresh: LifecycleHandler {
    private let verifier: IDTokenVerifier
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ verifier: IDTokenVerifier) {
        self.verifier = verifier
    }

    func didBoot(_ application: Application) throws {
        let verifier = self.verifier
        self.task.withLock { $0 = Task { await verifier.run() } }
    }

    func shutdown(_ application: Application) {
        self.task.withLock { $0?.cancel() }
    }
}

extension Application {
    private struct VerifierKey: StorageKey {
        typealias Value = IDTokenVerifier
    }

    /// The application's one verifier, or nil before `configure` has made it.
    var idTokenVerifier: IDTokenVerifier? {
        get { self.storage[VerifierKey.self] }
        set { self.storage[VerifierKey.self] = newValue }
    }
}

func configure(_ app: Application) async throws {
    let verifier = try IDTokenVerifier(
        audience: "https://profiles-123456.europe-west1.run.app",
        callers: .serviceAccounts(
            "login@my-project.iam.gserviceaccount.com",
            "search@my-project.iam.gserviceaccount.com"
        )
    )
    app.idTokenVerifier = verifier
    app.lifecycle.use(KeyRefresh(verifier))

    app.get("health") { _ in "up" }
    app.get("ready") { request in
        guard let health = request.application.idTokenVerifier?.health else {
            return Response(status: HTTPResponseStatus(statusCode: 503), body: .init(string: ""))
        }
        let status = HTTPResponseStatus(statusCode: health.httpStatus)
        return Response(status: status, headers: ["Content-Type": "application/json"], body: .init(string: health.json))
    }

    let callers = app.grouped(CallerMiddleware(verifier: verifier))
    callers.get("profile") { request in
        let caller = try request.auth.require(Caller.self).token
        return "Hello, \(caller.email ?? caller.subject)"
    }

    let search = CallerPolicy.serviceAccounts("search@my-project.iam.gserviceaccount.com")
    callers.grouped(CallerPolicyMiddleware(policy: search))
        .get("search") { request in
            let caller = try request.auth.require(Caller.self).token
            return "Found, \(caller.email ?? caller.subject)"
        }
}
