//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// The part of Vapor 4's public interface that the article Vapor.md uses, without its behaviour.

public struct HTTPHeaders: Sequence, ExpressibleByDictionaryLiteral, Sendable {
    private let fields: [(String, String)]

    public init(_ fields: [(String, String)]) {
        self.fields = fields
    }

    public init(dictionaryLiteral elements: (String, String)...) {
        self.fields = elements
    }

    public func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        self.fields.lazy.map { (name: $0.0, value: $0.1) }.makeIterator()
    }
}

public struct HTTPResponseStatus: Sendable {
    public let code: UInt
    public let reasonPhrase: String

    public init(statusCode: Int, reasonPhrase: String = "") {
        self.code = UInt(statusCode)
        self.reasonPhrase = reasonPhrase
    }
}

public struct Logger: Sendable {
    public typealias Metadata = [String: MetadataValue]

    public struct MetadataValue: ExpressibleByStringInterpolation, Sendable {
        public init(stringLiteral value: String) {}
    }

    public func info(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {}
    public func warning(_ message: @autoclosure () -> String, metadata: @autoclosure () -> Metadata? = nil) {}
}

public protocol StorageKey {
    associatedtype Value: Sendable
}

public struct Storage: Sendable {
    public subscript<Key: StorageKey>(key: Key.Type) -> Key.Value? {
        get { nil }
        nonmutating set {}
    }
}

public protocol LifecycleHandler: Sendable {
    func willBoot(_ application: Application) throws
    func didBoot(_ application: Application) throws
    func shutdown(_ application: Application)
    func willBootAsync(_ application: Application) async throws
    func didBootAsync(_ application: Application) async throws
    func shutdownAsync(_ application: Application) async
}

extension LifecycleHandler {
    public func willBoot(_ application: Application) throws {}
    public func didBoot(_ application: Application) throws {}
    public func shutdown(_ application: Application) {}
    public func willBootAsync(_ application: Application) async throws { try self.willBoot(application) }
    public func didBootAsync(_ application: Application) async throws { try self.didBoot(application) }
    public func shutdownAsync(_ application: Application) async { self.shutdown(application) }
}

public final class Application: RoutesBuilder, Sendable {
    public struct Lifecycle: Sendable {
        public func use(_ handler: some LifecycleHandler) {}
    }

    public var lifecycle: Lifecycle { Lifecycle() }
    public var storage: Storage {
        get { Storage() }
        set {}
    }
}

public final class Request: Sendable {
    public struct Authentication {
        public func login<A: Authenticatable>(_ instance: A) {}
        public func require<A: Authenticatable>(_ type: A.Type = A.self) throws -> A { throw CancellationError() }
    }

    public var application: Application { Application() }
    public var auth: Authentication { Authentication() }
    public var headers: HTTPHeaders { [:] }
    public var logger: Logger { Logger() }

    init() {}
}

public final class Response: Sendable {
    public struct Body: Sendable {
        public init(string: String) {}
    }

    public init(status: HTTPResponseStatus, headers: HTTPHeaders = [:], body: Body) {}
}

public protocol Authenticatable {}
public protocol AbortError: Error {
    var status: HTTPResponseStatus { get }
    var headers: HTTPHeaders { get }
    var reason: String { get }
}
public protocol AsyncResponder: Sendable {
    func respond(to request: Request) async throws -> Response
}
public protocol Middleware: Sendable {}
public protocol AsyncMiddleware: Middleware {
    func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response
}

public protocol AsyncResponseEncodable {}
extension String: AsyncResponseEncodable {}
extension Response: AsyncResponseEncodable {}

public protocol RoutesBuilder {}
extension RoutesBuilder {
    public func grouped(_ middleware: any Middleware...) -> any RoutesBuilder { self }
    public func grouped(_ path: String...) -> any RoutesBuilder { self }
    public func get(
        _ path: String...,
        use closure: @Sendable @escaping (Request) async throws -> some AsyncResponseEncodable
    ) {}
}
