//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken

/// Sends requests to one kind of server, and repeats them after transient failures.
struct Exchange: Sendable {
    /// The largest number of attempts for one token.
    static let attempts = 4
    /// The longest wait between two attempts; a server that asks for more gets no further attempt now.
    static let longestWait: Duration = .seconds(10)

    let environment: CredentialsEnvironment
    private let transport: CurlTransport

    /// Creates an exchange with servers on the internet.
    static func secure(_ environment: CredentialsEnvironment) -> Exchange {
        Exchange(environment: environment, transport: CurlTransport(limits: environment.limits))
    }

    /// Creates an exchange with metadata servers, which have no TLS.
    static func metadata(_ environment: CredentialsEnvironment) -> Exchange {
        Exchange(
            environment: environment,
            transport: CurlTransport(limits: environment.metadataLimits, allowsPlainHTTP: true)
        )
    }

    /// A request with what is said about its failures.
    struct Request: Sendable {
        var http: HTTPRequest
        /// What the request contains that no text may repeat.
        var secrets: [String] = []
        /// Returns the likely cause and the remedy for a status that is an error, in sentences; an empty text for none.
        var remedy: @Sendable (_ status: Int, _ error: GoogleError?) -> String = { _, _ in "" }
        /// The codes of errors for statuses that mean something else here.
        var codes: [Int: IDTokenCredentialsError.Code] = [:]
        /// Whether a status that is otherwise final may change within seconds.
        var isTransient: @Sendable (_ status: Int) -> Bool = { _ in false }
        /// Checks that the server is the right one, whatever the status.
        var check: @Sendable (ServerAnswer) throws(IDTokenCredentialsError) -> Void = {
            _ throws(IDTokenCredentialsError) in
        }
        /// The likely cause and the remedy if there is no response, in sentences.
        var remedyForSilence = "Check the network, egress rules and proxies."
    }

    /// Sends a request, at most ``attempts`` times, and judges the response.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - judge: Turns a response with status 200 into the result.
    /// - Returns: The result.
    /// - Throws: ``IDTokenCredentialsError``.
    func send<Result>(
        _ request: Request,
        judge: (ServerAnswer) throws(IDTokenCredentialsError) -> Result
    ) async throws(IDTokenCredentialsError) -> Result {
        var backoff = Backoff()
        var attempt = 1
        while true {
            do throws(IDTokenCredentialsError) {
                let answer = try await self.attempt(request, number: attempt)
                try request.check(answer)
                guard answer.status == 200 else { throw self.refusal(answer, request) }
                return try judge(answer)
            } catch {
                guard error.isTransient, attempt < Self.attempts else { throw error }
                let wait = backoff.next(asked: error.retryAfter, jitter: self.environment.jitter())
                guard wait <= Self.longestWait else { throw error }
                await self.environment.clock.sleep(wait)
                if Task.isCancelled { throw .cancelled }
                attempt += 1
            }
        }
    }

    /// Sends a request once.
    private func attempt(_ request: Request, number: Int) async throws(IDTokenCredentialsError) -> ServerAnswer {
        let target = "\(request.http.method.rawValue) \(CurlTransport.shown(request.http.url))"
        func report(_ status: Int?, _ failure: String?) {
            let event = IDTokenCredentials.Event.Request(
                target: target,
                status: status,
                failure: failure,
                attempt: number
            )
            self.environment.onEvent?(.requested(event))
        }
        do throws(TransportError) {
            let response = try await self.transport.send(request.http)
            report(response.status, nil)
            let now = self.environment.clock.now()
            let answer = ServerAnswer(
                target: target,
                status: response.status,
                fields: HeaderFields(response.fields),
                body: response.body,
                secrets: request.secrets,
                now: now,
                clockOffset: self.environment.clockOffset
            )
            self.noteClock(answer)
            return answer
        } catch {
            report(nil, error.description)
            throw Self.silence(error, target, request)
        }
    }

    private func noteClock(_ answer: ServerAnswer) {
        self.environment.clockOffset.note(answer.clock)
        if case .offset(let offset)? = answer.clock { self.environment.onEvent?(.clockOffset(offset)) }
    }

    /// Creates the error for a request without a response.
    private static func silence(
        _ error: TransportError,
        _ target: String,
        _ request: Request
    ) -> IDTokenCredentialsError {
        switch error.kind {
        case .cancelled: return .cancelled
        case .invalidURL, .plainHTTP:
            return IDTokenCredentialsError(.urlNotAllowed, "\(target) is not sent: \(error).")
        case .certificateAuthoritiesUnreadable:
            return IDTokenCredentialsError(.argumentInvalid, "\(target) is not sent: \(error).")
        case .tlsRefused:
            return IDTokenCredentialsError(.serverUnreachable, "There is no complete response to \(target): \(error).")
        case .invalidAnswer, .tooLarge, .contentEncoding:
            return IDTokenCredentialsError(.answerInvalid, "The response to \(target) is refused: \(error).")
        default:
            return IDTokenCredentialsError(
                .serverUnreachable,
                "There is no complete response to \(target): \(error). \(request.remedyForSilence)",
                isTransient: true
            )
        }
    }

    /// Creates the error for a response with another status than 200.
    private func refusal(_ answer: ServerAnswer, _ request: Request) -> IDTokenCredentialsError {
        let error = GoogleError(answer)
        let said = error.map { ", \($0.words)" } ?? ""
        let words = "\(answer.target) was answered with status \(answer.status)\(said)."
        let retryAfter = Int(exactly: answer.now.rounded(.down)).flatMap { answer.fields.retryAfter(now: $0) }
        switch answer.status {
        case 200..<300:
            return answer.invalid("has status \(answer.status) instead of 200")
        case 300..<400:
            return answer.invalid("is a redirect (status \(answer.status)), which is not followed")
        case let status where status == 408 || status == 429 || status >= 500 || error?.isTransient == true:
            return IDTokenCredentialsError(
                .serverFailed,
                "\(words) The server failed or is overloaded; the next attempt follows by itself.",
                isTransient: true,
                retryAfter: retryAfter
            )
        default:
            let code: IDTokenCredentialsError.Code =
                switch answer.status {
                case let status where request.codes[status] != nil: request.codes[status] ?? .requestRefused
                case _ where error?.refusesCredential == true: .credentialRefused
                case 401: .credentialRefused
                case 403: .permissionDenied
                default: .requestRefused
                }
            let remedy = request.remedy(answer.status, error)
            let clock = code == .credentialRefused ? self.environment.clockOffset.words : ""
            return IDTokenCredentialsError(
                code,
                "\(words)\(remedy.isEmpty ? "" : " \(remedy)")\(clock)",
                isTransient: request.isTransient(answer.status)
            )
        }
    }
}
