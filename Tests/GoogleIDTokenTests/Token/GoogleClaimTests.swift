//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import GoogleIDToken

@Suite("Claim named google")
struct GoogleClaimTests {
    private static func read(_ json: String) throws -> GoogleClaim {
        GoogleClaim(try #require(try JSONReader.read(Array(json.utf8)).objectValue))
    }

    private static func machine(_ json: String) throws -> GoogleClaim.ComputeEngine {
        try #require(try Self.read(#"{"compute_engine":\#(json)}"#).computeEngine)
    }

    @Test("the claim of a virtual machine, as Google's documents show it")
    func documented() throws {
        let claim = try Self.read(
            """
            {"compute_engine": {"instance_confidentiality": 1, "instance_creation_timestamp": 1545000000,
             "instance_id": "152986662232938449", "instance_name": "example", "license_id": ["100", "200"],
             "project_id": "my-project", "project_number": 739419398126, "zone": "us-west1-a"},
             "organization_number": 123456789012}
            """
        )
        #expect(claim.organizationNumber == 123_456_789_012)
        let machine = try #require(claim.computeEngine)
        #expect(machine.instanceID == "152986662232938449")
        #expect(machine.instanceName == "example")
        #expect(machine.instanceCreationTimestamp == 1_545_000_000)
        #expect(machine.instanceConfidentiality == 1)
        #expect(machine.projectID == "my-project")
        #expect(machine.projectNumber == 739_419_398_126)
        #expect(machine.zone == "us-west1-a")
        #expect(machine.licenseIDs == ["100", "200"])
    }

    @Test("what is absent is nil")
    func absent() throws {
        let claim = try Self.read("{}")
        #expect(claim.computeEngine == nil)
        #expect(claim.organizationNumber == nil)
        let machine = try Self.machine("{}")
        #expect(machine.instanceID == nil)
        #expect(machine.instanceName == nil)
        #expect(machine.instanceCreationTimestamp == nil)
        #expect(machine.instanceConfidentiality == nil)
        #expect(machine.projectID == nil)
        #expect(machine.projectNumber == nil)
        #expect(machine.zone == nil)
        #expect(machine.licenseIDs == nil)
    }

    @Test("what is not an object, or not a number, is nil", arguments: ["null", #""1""#, "true", "[]", "1.5", "1e3"])
    func otherTypes(json: String) throws {
        let claim = try Self.read(#"{"compute_engine":\#(json),"organization_number":\#(json)}"#)
        #expect(claim.computeEngine == nil)
        #expect(claim.organizationNumber == nil)
    }

    @Test("text of a machine that is not text is nil", arguments: ["null", "152986662232938449", "true", "[]", "{}"])
    func notText(json: String) throws {
        let machine = try Self.machine(
            #"{"instance_id":\#(json),"instance_name":\#(json),"project_id":\#(json),"zone":\#(json)}"#
        )
        #expect(machine.instanceID == nil)
        #expect(machine.instanceName == nil)
        #expect(machine.projectID == nil)
        #expect(machine.zone == nil)
    }

    @Test(
        "a number of a machine that is no integer of 64 bits is nil",
        arguments: ["null", #""1""#, "true", "[1]", "1.0", "1e400", "9223372036854775808"]
    )
    func notIntegers(json: String) throws {
        let machine = try Self.machine(
            """
            {"instance_creation_timestamp":\(json),"instance_confidentiality":\(json),"project_number":\(json)}
            """
        )
        #expect(machine.instanceCreationTimestamp == nil)
        #expect(machine.instanceConfidentiality == nil)
        #expect(machine.projectNumber == nil)
    }

    @Test("the extremes of a number")
    func extremes() throws {
        #expect(try Self.read(#"{"organization_number":9223372036854775807}"#).organizationNumber == .max)
        #expect(try Self.machine(#"{"project_number":-9223372036854775808}"#).projectNumber == .min)
    }

    @Test("licences that are no list are nil, and an empty list is one", arguments: ["null", #""1""#, "{}"])
    func licenses(json: String) throws {
        #expect(try Self.machine(#"{"license_id":\#(json)}"#).licenseIDs == nil)
        #expect(try Self.machine(#"{"license_id":[]}"#).licenseIDs == [])
    }
}
