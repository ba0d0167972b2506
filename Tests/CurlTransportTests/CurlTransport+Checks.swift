//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import Testing

extension CurlTransport {
    /// The error of a GET that must fail.
    func failure(
        _ url: String,
        headers: [(name: String, value: String)] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TransportError {
        let result: Result<HTTPResponse, TransportError>
        do throws(TransportError) {
            result = .success(try await self.get(url, headers: headers))
        } catch {
            result = .failure(error)
        }
        switch result {
        case .failure(let error):
            #expect(!error.description.isEmpty, sourceLocation: sourceLocation)
            return error
        case .success(let response):
            throw UnexpectedResponse(status: response.status)
        }
    }
}

/// A response where there was to be none.
struct UnexpectedResponse: Error {
    let status: Int
}

extension HTTPResponse {
    /// The values of a field, in order.
    func values(_ name: String) -> [String] {
        self.fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    var text: String { String(decoding: self.body, as: UTF8.self) }
}

extension TransportLimits {
    /// Limits with some of them changed.
    static func with(_ change: (inout TransportLimits) -> Void) -> TransportLimits {
        var limits = TransportLimits()
        change(&limits)
        return limits
    }

    /// Limits that a busy machine keeps: only a test of the limits themselves uses shorter ones.
    static let patient = TransportLimits.with {
        $0.connecting = .seconds(50)
        $0.whole = .seconds(50)
    }
}
