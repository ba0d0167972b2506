//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The claim `google`: details of the caller's machine and organisation.
///
/// A member is nil if it is absent, `null` or of an unexpected type. See
/// [Verify VM identity](https://cloud.google.com/compute/docs/instances/verifying-instance-identity).
public struct GoogleClaim: Sendable {
    /// The virtual machine that requested the token, in tokens of the metadata server with `format=full`.
    public let computeEngine: ComputeEngine?
    /// The number of the caller's organisation (member `organization_number`).
    public let organizationNumber: Int64?

    init(_ object: [IDTokenJSON.Member]) {
        self.computeEngine = object["compute_engine"]?.objectValue.map { ComputeEngine($0) }
        self.organizationNumber = object["organization_number"]?.integerValue
    }

    /// A Compute Engine virtual machine (member `compute_engine`).
    public struct ComputeEngine: Sendable {
        /// The machine's unique ID, which Google writes as a string.
        public let instanceID: String?
        /// The machine's name.
        public let instanceName: String?
        /// The time at which the machine was created, in seconds since 1970.
        public let instanceCreationTimestamp: Int64?
        /// Whether the machine is a Confidential VM: 1 if it is.
        public let instanceConfidentiality: Int64?
        /// The project's ID.
        public let projectID: String?
        /// The project's number.
        public let projectNumber: Int64?
        /// The zone, such as `us-central1-a`.
        public let zone: String?
        /// The IDs of the machine's licenses, in tokens requested with `licenses=TRUE`.
        public let licenseIDs: [String]?

        init(_ object: [IDTokenJSON.Member]) {
            self.instanceID = object["instance_id"]?.stringValue
            self.instanceName = object["instance_name"]?.stringValue
            self.instanceCreationTimestamp = object["instance_creation_timestamp"]?.integerValue
            self.instanceConfidentiality = object["instance_confidentiality"]?.integerValue
            self.projectID = object["project_id"]?.stringValue
            self.projectNumber = object["project_number"]?.integerValue
            self.zone = object["zone"]?.stringValue
            self.licenseIDs = object["license_id"]?.stringsValue
        }
    }
}
