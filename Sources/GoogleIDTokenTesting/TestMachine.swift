//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// The virtual machine that tokens of ``TokenSender/metadataServer`` describe.
package struct TestMachine: Sendable {
    package static let instanceID: Int64 = 152_986_662_232_938_449

    private let project: String
    private let licenses: [String]

    /// - Parameters:
    ///   - project: The ID of its project.
    ///   - licenses: The IDs of its image's licenses, if the token lists them.
    package init(project: String, licenses: [String] = []) {
        self.project = project
        self.licenses = licenses
    }

    /// The claim `google`.
    var claim: IDTokenJSON {
        var members: [IDTokenJSON.Member] = [
            ("instance_creation_timestamp", .integer(1_565_384_538)),
            ("instance_id", .string("\(Self.instanceID)")),
            ("instance_name", .string("example")),
        ]
        if !self.licenses.isEmpty { members.append(("license_id", .array(self.licenses.map { .string($0) }))) }
        members += [
            ("project_id", .string(self.project)),
            ("project_number", .integer(1_053_222_222_222)),
            ("zone", .string("us-central1-a")),
        ]
        return .object([("compute_engine", .object(members))])
    }
}
