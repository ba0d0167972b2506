//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import FlyingFox
internal import FlyingSocks
internal import Foundation

/// An HTTP server on this machine.
struct LocalServer: Sendable {
    /// The longest body that is accepted, in bytes.
    static let longestBody = 1024 * 1024
    // FlyingFox ends requests that take longer, but the fault `hang` must last longer than clients wait.
    private static let longestRequest: TimeInterval = 24 * 60 * 60

    /// The base of the server's URLs, without a slash at its end.
    let url: String

    /// Runs a server while a closure runs.
    ///
    /// - Parameters:
    ///   - address: The address to listen on.
    ///   - port: The port, or 0 for any free port.
    ///   - answer: Answers a request.
    ///   - body: The closure; the server listens when it begins and stops when it ends.
    /// - Returns: What `body` returns.
    /// - Throws: ``CommandFailure`` if the server cannot listen, and what `body` throws.
    static func run<Result: Sendable>(
        on address: ListenAddress = .loopback,
        port: UInt16 = 0,
        answer: @escaping @Sendable (LocalRequest) async -> LocalAnswer,
        during body: @escaping @Sendable (LocalServer) async throws -> Result
    ) async throws -> Result {
        let server = try Self.makeServer(on: address, port: port, answer: answer)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                do {
                    try await server.run()
                } catch is CancellationError {
                } catch {
                    throw Self.failure(error, address: address, port: port)
                }
                return nil
            }
            group.addTask {
                try await server.waitUntilListening(timeout: 60)
                let bound = await server.listeningAddress
                return try await body(LocalServer(url: "http://\(address.host):\(Self.port(bound) ?? port)"))
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CommandFailure(
                status: .unavailable,
                message: "the server on \(address.text) stopped unexpectedly; start it again."
            )
        }
    }

    private static func makeServer(
        on address: ListenAddress,
        port: UInt16,
        answer: @escaping @Sendable (LocalRequest) async -> LocalAnswer
    ) throws -> HTTPServer {
        let handler = ClosureHTTPHandler { request in
            guard let request = try await LocalRequest(request) else {
                return HTTPResponse(statusCode: HTTPStatusCode(413, phrase: "Content Too Large"))
            }
            return HTTPResponse(await answer(request))
        }
        do {
            if address.isIPv6 {
                return HTTPServer(
                    address: try .inet6(ip6: address.text, port: port),
                    timeout: Self.longestRequest,
                    logger: .disabled,
                    handler: handler
                )
            }
            return HTTPServer(
                address: try .inet(ip4: address.text, port: port),
                timeout: Self.longestRequest,
                logger: .disabled,
                handler: handler
            )
        } catch {
            throw CommandFailure(
                status: .usage,
                message: "\(address.text) is not an IP address; give one of this machine, such as 127.0.0.1 or ::1."
            )
        }
    }

    private static func port(_ address: Socket.Address?) -> UInt16? {
        switch address {
        case .ip4(_, let port), .ip6(_, let port): port
        case .unix, nil: nil
        }
    }

    private static func failure(_ error: any Error, address: ListenAddress, port: UInt16) -> CommandFailure {
        let place = "\(address.text), port \(port)"
        if case .failed(_, let number, let words) = error as? SocketError {
            switch number {
            case EADDRINUSE:
                return CommandFailure(
                    status: .unavailable,
                    message:
                        "port \(port) is in use; stop the program that uses it, or choose another port with --port."
                )
            case EACCES:
                return CommandFailure(
                    status: .unavailable,
                    message: "port \(port) is reserved for privileged users; choose a port above 1023 with --port."
                )
            default:
                return CommandFailure(
                    status: .unavailable,
                    message: "cannot listen on \(place): \(words). Check that --listen is an address of this machine."
                )
            }
        }
        return CommandFailure(
            status: .unavailable,
            message: "cannot listen on \(place): \(error). Choose another address or port with --listen and --port."
        )
    }
}

extension LocalRequest {
    /// Reads a request, or returns nil if its body is too long.
    fileprivate init?(_ request: HTTPRequest) async throws {
        var body: [UInt8] = []
        for try await part in request.bodySequence {
            body += part
            guard body.count <= LocalServer.longestBody else { return nil }
        }
        self.init(
            method: request.method.rawValue,
            path: request.target.path().split(separator: "/", omittingEmptySubsequences: false).dropFirst()
                .map { $0.removingPercentEncoding ?? String($0) },
            query: FormFields(request.target.query()),
            headers: request.headers.map { (name: $0.key.rawValue, value: $0.value) },
            body: body
        )
    }
}

extension HTTPResponse {
    fileprivate init(_ answer: LocalAnswer) {
        var headers = HTTPHeaders()
        for field in answer.fields { headers.addValue(field.value, for: HTTPHeader(field.name)) }
        self.init(
            statusCode: HTTPStatusCode(answer.status, phrase: Self.phrases[answer.status] ?? "Status"),
            headers: headers,
            body: Data(answer.body)
        )
    }

    private static let phrases = [
        200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 500: "Internal Server Error", 503: "Service Unavailable",
    ]
}
#endif
