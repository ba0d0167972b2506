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

/// Something that is wrong with a part of the stand-in, until it is taken away.
enum Fault: Sendable, Equatable {
    /// It answers after so long.
    case delay(seconds: Double)
    /// It answers with this status and no content.
    case status(Int)
    /// It answers with what is no JSON, no token and no text.
    case garbage
    /// It takes the request and never answers.
    case hang
    /// The keys' document is well-formed and has no key.
    case empty

    static let names = "delay (with seconds), status (with status), garbage, hang, empty (keys only)"

    /// Reads a fault from a control request.
    ///
    /// - Throws: ``ControlError`` that says what makes no sense.
    init(_ object: JSONObject, for endpoint: Endpoint) throws(ControlError) {
        switch object["fault"]?.stringValue {
        case "delay":
            guard let seconds = object["seconds"]?.numberValue?.double, 0...3_600 ~= seconds else {
                throw ControlError("delay needs seconds, a number from 0 to 3600")
            }
            self = .delay(seconds: seconds)
        case "status":
            guard let status = object["status"]?.numberValue?.integer, 200...599 ~= status else {
                throw ControlError("status needs status, a number from 200 to 599")
            }
            self = .status(Int(status))
        case "garbage": self = .garbage
        case "hang": self = .hang
        case "empty":
            guard endpoint == .keys else { throw ControlError("empty is for the endpoint keys only") }
            self = .empty
        case let other?: throw ControlError("there is no fault '\(other)'; faults are \(Self.names)")
        case nil: throw ControlError("fault is missing; faults are \(Self.names)")
        }
    }

    /// The fault in words, for those who ask what is on.
    var words: String {
        switch self {
        case .delay(let seconds): "delay of \(seconds) s"
        case .status(let status): "status \(status)"
        case .garbage: "garbage"
        case .hang: "hang"
        case .empty: "empty"
        }
    }

    /// Lets the fault happen.
    ///
    /// - Returns: The answer in place of the usual one, or nil if that is to be given.
    func happen() async -> LocalAnswer? {
        switch self {
        case .delay(let seconds):
            try? await Task.sleep(for: .seconds(seconds))
            return nil
        case .status(let status): return LocalAnswer(status: status)
        case .garbage: return LocalAnswer(body: [0xFF, 0xFE, 0x00] + Array("<html>garbage".utf8))
        case .hang:
            // Ends when the stand-in does; clients give up long before.
            try? await Task.sleep(for: .seconds(12 * 60 * 60))
            return LocalAnswer(status: 503)
        case .empty: return .object(("keys", .array([])))
        }
    }
}

/// Why a control request makes no sense.
struct ControlError: Error {
    let words: String

    init(_ words: String) {
        self.words = words
    }
}
#endif
