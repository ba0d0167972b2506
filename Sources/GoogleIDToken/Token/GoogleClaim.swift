//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// What Google says about the caller's machine and organisation: the claim `google`.
///
/// A member that is absent, `null` or of another type than Google's is nil. See
/// [Verify VM identity](https://cloud.google.com/compute/docs/instances/verifying-instance-identity).
public struct GoogleClaim: Sendable {
    /// The virtual machine that the token was minted on, in tokens of the metadata server with `format=full`.
    public let computeEngine: ComputeEngine?
    /// The number of the caller's organisation, the member `organization_number`.
    public let organizationNumber: Int64?

    init(_ object: JSONObject) {
        self.computeEngine = object["compute_engine"]?.objectValue.map { ComputeEngine($0) }
        self.organizationNumber = object["organization_number"]?.numberValue?.integer
    }

    /// A virtual machine of Compute Engine: the member `compute_engine`.
    public struct ComputeEngine: Sendable {
        /// The machine's unique ID, which Google writes as text.
        public let instanceID: String?
        /// The machine's name.
        public let instanceName: String?
        /// When the machine was made, in seconds since 1970.
        public let instanceCreationTimestamp: Int64?
        /// Whether the machine is a confidential one: 1 if it is.
        public let instanceConfidentiality: Int64?
        /// The project's ID.
        public let projectID: String?
        /// The project's number.
        public let projectNumber: Int64?
        /// The zone, such as `us-central1-a`.
        public let zone: String?
        /// The IDs of the machine's licenses, in tokens minted with `licenses=TRUE`.
        public let licenseIDs: [String]?

        init(_ object: JSONObject) {
            self.instanceID = object["instance_id"]?.stringValue
            self.instanceName = object["instance_name"]?.stringValue
            self.instanceCreationTimestamp = object["instance_creation_timestamp"]?.numberValue?.integer
            self.instanceConfidentiality = object["instance_confidentiality"]?.numberValue?.integer
            self.projectID = object["project_id"]?.stringValue
            self.projectNumber = object["project_number"]?.numberValue?.integer
            self.zone = object["zone"]?.stringValue
            self.licenseIDs = object["license_id"]?.stringsValue
        }
    }
}
