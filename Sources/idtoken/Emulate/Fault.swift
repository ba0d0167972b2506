//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import GoogleIDToken

/// The part of the stand-in that a fault is for.
enum Endpoint: String, Sendable, CaseIterable {
    case keys, discovery, metadata, token, iam, sts

    static let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
}

/// A fault of a part of the stand-in; it stays until it is switched off.
enum Fault: Sendable, Equatable {
    /// It answers after a delay.
    case delay(seconds: Double)
    /// It answers with this status and no content.
    case status(Int)
    /// It answers with bytes that are not JSON, not a token and not text.
    case garbage
    /// It accepts the request and never answers.
    case hang
    /// It answers with a well-formed key document that has no key.
    case empty

    static let names = "delay (with seconds), status (with status), garbage, hang, empty (keys only)"

    /// Reads a fault from a control request.
    ///
    /// - Throws: ``ControlError`` if the fault is missing or not valid.
    init(_ object: [IDTokenJSON.Member], for endpoint: Endpoint) throws(ControlError) {
        switch object["fault"]?.stringValue {
        case "delay":
            guard let seconds = object["seconds"]?.doubleValue, 0...3_600 ~= seconds else {
                throw ControlError("the fault delay needs seconds, a number from 0 to 3600 (1 hour)")
            }
            self = .delay(seconds: seconds)
        case "status":
            guard let status = object["status"]?.integerValue, 200...599 ~= status else {
                throw ControlError("the fault status needs status, a number from 200 to 599")
            }
            self = .status(Int(status))
        case "garbage": self = .garbage
        case "hang": self = .hang
        case "empty":
            guard endpoint == .keys else {
                throw ControlError("the fault empty can be used with the endpoint keys only")
            }
            self = .empty
        case let other?: throw ControlError("there is no fault '\(other)'; the faults are \(Self.names)")
        case nil: throw ControlError("fault is missing; the faults are \(Self.names)")
        }
    }

    /// The fault in words, for the answer of `/control`.
    var words: String {
        switch self {
        case .delay(let seconds): "delay of \(seconds) seconds"
        case .status(let status): "status \(status)"
        case .garbage: "garbage"
        case .hang: "hang"
        case .empty: "empty"
        }
    }

    /// Waits as long as the fault says.
    ///
    /// - Returns: The answer to give, or nil for the usual answer.
    func happen() async -> LocalAnswer? {
        switch self {
        case .delay(let seconds):
            try? await Task.sleep(for: .seconds(seconds))
            return nil
        case .status(let status): return LocalAnswer(status: status)
        case .garbage: return LocalAnswer(body: [0xFF, 0xFE, 0x00] + Array("<html>garbage".utf8))
        case .hang:
            // Clients give up long before, and the wait ends when the stand-in stops.
            try? await Task.sleep(for: .seconds(12 * 60 * 60))
            return LocalAnswer(status: 503)
        case .empty: return .object(("keys", .array([])))
        }
    }
}

/// Why a control request is refused.
struct ControlError: Error {
    let words: String

    init(_ words: String) {
        self.words = words
    }
}
#endif
