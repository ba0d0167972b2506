//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// The part of Hummingbird 2's public interface that a service without the trait meets first, without its behaviour.

public struct HTTPField: Sendable {}

public struct HTTPFields: RandomAccessCollection, Sendable {
    public var startIndex: Int { 0 }
    public var endIndex: Int { 0 }

    public subscript(position: Int) -> HTTPField { HTTPField() }
}

public struct Request: Sendable {
    public var headers: HTTPFields
}

public struct Response: Sendable {}

public protocol RequestContext {
    associatedtype Source

    init(source: Source)
}

public struct BasicRequestContext: RequestContext {
    public init(source: Int) {}
}

public protocol MiddlewareProtocol<Input, Output, Context>: Sendable {
    associatedtype Input
    associatedtype Output
    associatedtype Context
}

public protocol RouterMethods<Context> {
    associatedtype Context: RequestContext
}

extension RouterMethods {
    @discardableResult
    public func get(_ path: String, use handler: @Sendable @escaping (Request, Context) async throws -> String) -> Self
    {
        self
    }

    @discardableResult
    public func add(middleware: any MiddlewareProtocol<Request, Response, Context>) -> Self { self }
}

public final class Router<Context: RequestContext>: RouterMethods {
    public init(context: Context.Type) {}
}
