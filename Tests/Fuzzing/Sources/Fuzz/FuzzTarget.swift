//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import FoundationEssentials

/// A piece of the library that takes bytes from strangers.
enum FuzzTarget: String, CaseIterable {
    case compactToken = "compact-token"
    case tokenHeader = "token-header"
    case claims
    case json
    case base64url
    case keyDocument = "key-document"
    case cacheLifetime = "cache-lifetime"
    case headerSelection = "header-selection"
    case request
    case credentialFile = "credential-file"
    case tokenAnswer = "token-answer"
    case awsMetadata = "aws-metadata"

    /// The one that the environment variable `FUZZ_TARGET` names.
    static var chosen: FuzzTarget {
        let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            fatalError("FUZZ_TARGET must be one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return target
    }

    func run(_ bytes: [UInt8]) {
        switch self {
        case .compactToken: CompactTokenTarget.run(bytes)
        case .tokenHeader: TokenHeaderTarget.run(bytes)
        case .claims: ClaimsTarget.run(bytes)
        case .json: JSONTarget.run(bytes)
        case .base64url: Base64URLTarget.run(bytes)
        case .keyDocument: KeyDocumentTarget.run(bytes)
        case .cacheLifetime: CacheLifetimeTarget.run(bytes)
        case .headerSelection: HeaderSelectionTarget.run(bytes)
        case .request: RequestTarget.run(bytes)
        case .credentialFile: CredentialFileTarget.run(bytes)
        case .tokenAnswer: TokenAnswerTarget.run(bytes)
        case .awsMetadata: AWSMetadataTarget.run(bytes)
        }
    }
}
