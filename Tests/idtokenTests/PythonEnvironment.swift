//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import TestSupport
internal import Testing

/// A virtual environment with packages from PyPI, which is made for the first test that needs it.
struct PythonEnvironment: Sendable {
    /// Google's client library and PyJWT.
    static let clients = PythonEnvironment("real-clients", of: "Tests/RealClients/requirements.txt")
    /// An old version of Google's client library, which checks more of the answers.
    static let oldClients = PythonEnvironment("real-clients-1.35", of: "Tests/RealClients/requirements-1.35.txt")
    /// PySpark, some hundred megabytes; made only where nothing may be skipped.
    static let spark =
        RequiredHere.isRequired
        ? PythonEnvironment("spark", of: "Tests/Scripts/requirements.txt", with: "java")
        : PythonEnvironment(obstacle: "PySpark and Java are large; IDTOKEN_REQUIRE_REAL_CLIENTS=1 has them used")

    let python: URL
    private let requirements: String
    /// Why it is not there, if it is not.
    private let obstacle: String?

    private init(obstacle: String) {
        self.python = URL(filePath: "/dev/null")
        self.requirements = ""
        self.obstacle = obstacle
    }

    /// Makes it, if it is not there; that can take a while.
    private init(_ name: String, of requirements: String, with program: String? = nil) {
        let folder = Command.projectRoot.appending(path: ".build/\(name)")
        self.python = folder.appending(path: "bin/python")
        let file = Command.projectRoot.appending(path: requirements)
        self.requirements = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        if let program, (try? Self.run(["sh", "-c", "command -v \(program)"]))?.status != 0 {
            self.obstacle = "\(program) is missing"
            return
        }
        let maker = "Tests/RealClients/make-environment"
        guard let made = try? Self.run([maker, folder.path(percentEncoded: false), requirements]) else {
            self.obstacle = "\(maker) cannot be run"
            return
        }
        let lastLine = made.errors.split(separator: "\n").last ?? ""
        self.obstacle = made.status == 0 ? nil : "python3, its venv or PyPI is missing: \(lastLine)"
    }

    private static func run(_ words: [String]) throws -> Command {
        try Command(blockingOn: URL(filePath: "/usr/bin/env"), words)
    }

    /// Ends the test if the packages cannot be had here; where they must be, that is a failure.
    ///
    /// - Parameter environment: The environment.
    /// - Returns: The same.
    /// - Throws: If the test ends.
    static func require(_ environment: @escaping @Sendable @autoclosure () -> PythonEnvironment) async throws
        -> PythonEnvironment
    {
        let environment = try await Blocking.run(environment)
        guard let obstacle = environment.obstacle else { return environment }
        try RequiredHere.endTest(obstacle)
        return environment
    }

    /// The version of a package in it.
    func version(of package: String) -> Substring {
        let line = self.requirements.split(separator: "\n").first { $0.hasPrefix("\(package)==") }
        return line?.dropFirst(package.count + 2) ?? "of an unknown version"
    }
}
#endif
