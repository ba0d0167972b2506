//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import Testing

/// `idtoken emulate` as a command: what it prints and writes, and what it refuses.
@Suite("idtoken emulate: the command")
struct EmulateCommandTests {
    @Test("it prints the variables to export, and writes the credential files into a new folder")
    func printsWhatToExport() async throws {
        let folder = try TestFolder()
        let standIn = try await StandInProcess("--folder", folder.path + "/new")
        #expect(standIn.output.contains("\nexport GCE_METADATA_HOST=127.0.0.1:\(standIn.port)\n"))
        #expect(standIn.output.contains("\nexport GCE_METADATA_IP=127.0.0.1:\(standIn.port)\n"))
        let key = folder.path + "/new/service-account-key.json"
        #expect(standIn.output.contains("\nexport GOOGLE_APPLICATION_CREDENTIALS='\(key)'\n"))
        let attributes = try FileManager.default.attributesOfItem(atPath: key)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/new")
        #expect(
            names.sorted() == [
                "authorized-user.json", "certificate-authority.pem", "external-account.json",
                "impersonated-account.json",
                "service-account-key.json",
                "subject-token.txt",
            ]
        )
    }

    @Test("a port that is in use is named in an error of one line")
    func aPortInUseIsNamed() async throws {
        let standIn = try await StandInProcess()
        let command = try await Command("emulate", "--port", standIn.port)
        #expect(command.status == 69)
        #expect(command.output.isEmpty)
        #expect(command.errors.hasPrefix("idtoken: port \(standIn.port) is in use; "))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test("an address beyond loopback is refused without --beyond-loopback", arguments: ["0.0.0.0", "::", "192.0.2.1"])
    func beyondLoopbackMustBeMeant(_ address: String) async throws {
        let command = try await Command("emulate", "--port", "0", "--listen", address)
        #expect(command.status == 64)
        #expect(command.errors.contains("add --beyond-loopback"))
    }

    @Test("an address beyond loopback gives a warning that other machines can have any token")
    func beyondLoopbackWarns() async throws {
        let standIn = try await StandInProcess("--listen", "0.0.0.0", "--beyond-loopback")
        #expect(standIn.readErrors().hasPrefix("idtoken: warning: other machines can get any token"))
    }

    @Test(
        "options that make no sense give status 64 and no output",
        arguments: [
            ["--port", "65536"], ["--port", "x"], ["--listen", "example.com"], ["--listen", "127.0.0.256"],
            ["--max-age", "-1"], ["--rotate-every", "0"], ["--service-account", "nobody"],
            ["--service-account", "a@b/c"],
            ["--fault", "hang"],
        ]
    )
    func wrongUseIsRefused(_ arguments: [String]) async throws {
        let command = try await Command(["emulate"] + arguments)
        #expect(command.status == 64)
        #expect(command.output.isEmpty)
        #expect(!command.errors.isEmpty)
    }

    @Test("an address that this machine does not have is named in the error")
    func anAddressThatIsNotHereIsNamed() async throws {
        let command = try await Command("emulate", "--port", "0", "--listen", "192.0.2.1", "--beyond-loopback")
        #expect(command.status == 69)
        #expect(command.errors.contains("idtoken: cannot listen on 192.0.2.1, port 0: "))
    }

    @Test("credential files that cannot be written are an error of one line")
    func aFolderThatCannotBeWrittenIsNamed() async throws {
        let command = try await Command("emulate", "--port", "0", "--folder", "Package.swift/folder")
        #expect(command.status == 74)
        #expect(command.errors.hasPrefix("idtoken: the credential files cannot be written to "))
        #expect(command.errors.split(separator: "\n").count == 1)
    }

    @Test(
        "a control request that makes no sense is answered 400 with the reason, and the next one works",
        arguments: [
            ("POST", "/control/faults", "no JSON", "not a JSON object"),
            ("POST", "/control/faults", "{}", "endpoint is missing"),
            ("POST", "/control/faults", #"{"endpoint":"key"}"#, "no endpoint 'key'"),
            ("POST", "/control/faults", #"{"endpoint":"keys"}"#, "fault is missing"),
            ("POST", "/control/faults", #"{"endpoint":"keys","fault":"fire"}"#, "no fault 'fire'"),
            ("POST", "/control/faults", #"{"endpoint":"keys","fault":"delay"}"#, "delay needs seconds"),
            ("POST", "/control/faults", #"{"endpoint":"keys","fault":"status","status":42}"#, "200 to 599"),
            ("POST", "/control/faults", #"{"endpoint":"sts","fault":"empty"}"#, "endpoint keys only"),
            ("DELETE", "/control/faults/fire", "", "no endpoint 'fire'"), ("PUT", "/control/rotate", "", "no PUT"),
            ("GET", "/control/token", "", "audience is missing"),
            ("GET", "/control/token?audience=a&caller=santa", "", "no parameter 'caller'"),
            ("GET", "/control/token?audience=a&sender=santa", "", "no sender 'santa'"),
            ("GET", "/control/token?audience=a&defect=tiny", "", "no defect 'tiny'"),
        ]
    )
    func controlRequestsThatMakeNoSense(_ method: String, _ path: String, _ body: String, _ words: String) async throws
    {
        let standIn = try await StandInProcess()
        let response = try await standIn.send(path, method: method, body: body.isEmpty ? nil : body)
        #expect(response.status == 400)
        #expect((response.object["error"] as? String)?.contains(words) == true)
        #expect(try await standIn.send("/control").status == 200)
    }

    @Test("an unknown path is answered 404, another method 405, and too large a body 413")
    func otherPathsAreNotFound() async throws {
        let standIn = try await StandInProcess()
        for path in ["/nothing", "/oauth2/v2/certs", "/token/x"] {
            #expect(try await standIn.send(path).status == 404)
        }
        for path in ["/token", "/v1/token", "/v1/projects/-/serviceAccounts/a:generateIdToken"] {
            #expect(try await standIn.send(path).status == 405)
        }
        let long = String(repeating: "x", count: 1_048_577)
        #expect(try await standIn.send("/token", method: "POST", body: long).status == 413)
    }
}
#endif
