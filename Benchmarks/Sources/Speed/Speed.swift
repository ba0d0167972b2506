//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
private import Glibc

/// Measures this library beside raw OpenSSL and prints the ratios as a table.
///
/// Its arguments are the number of rounds, and a part of the names of what to measure; both may be missing. With
/// `growth` and a number of rounds it measures what the cost grows with; with `material` and a folder it writes a token
/// and the keys there, for libraries in other languages.
@main
struct Speed {
    /// How many tokens are in use at a time where there are several; about half of what a verifier caches by default.
    private static let tokensInUse = 500

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "growth":
            let numbers = arguments.dropFirst().compactMap { Int($0) }
            try await Self.measureGrowth(rounds: numbers.first ?? 40, tokenCount: numbers.dropFirst().first ?? 10_000)
        case "material": try await Self.writeMaterial(to: arguments.dropFirst().first ?? ".")
        default: try await Self.measure(rounds: arguments.first.flatMap(Int.init) ?? 60)
        }
    }

    private static func measureGrowth(rounds: Int, tokenCount: Int) async throws {
        let subjects = await Subjects(tokenCount: tokenCount)
        let all =
            try subjects.growthWithTokenSize() + subjects.growthWithKeys() + subjects.growthWithNames()
            + subjects.growthWithCachedTokens()
        let series = try await Series.measure([subjects.raw] + all, rounds: rounds, filter: "")
        Self.printMachine(rounds: rounds)
        Self.printTable(series)
    }

    private static func writeMaterial(to folder: String) async throws {
        let tokens = await Subjects(tokenCount: 1).tokens
        try Data(tokens.all[0].text.utf8).write(to: URL(filePath: folder + "/token.jwt"))
        try Data(tokens.keyDocument.utf8).write(to: URL(filePath: folder + "/keys.json"))
    }

    private static func measure(rounds: Int) async throws {
        // Enough that few tokens come again, and each so late that the verifier has forgotten it.
        let subjects = await Subjects(tokenCount: min((rounds + 2) * Self.tokensInUse, 32_768))
        let keyFile = "/tmp/google-id-token-benchmark-\(getpid()).json"
        try Data(subjects.tokens.keyDocument.utf8).write(to: URL(filePath: keyFile))
        defer { unlink(keyFile) }
        let junk = String(repeating: "a", count: 1_000)
        let tooLarge = String(repeating: "a", count: 17 * 1_024)
        var all: [Subject] = [
            subjects.raw,
            subjects.hash,
            try subjects.newTokens("verify(headers:), every token new"),
            try subjects.newTokens("the same, cache turned off") { $0.maximumCachedTokens = 0 },
            try subjects.cachedTokens("verify(headers:), token seen twice before", count: 1),
            try subjects.cachedTokens("the same, 500 tokens in turn", count: Self.tokensInUse),
            try subjects.cachedTokensInFlood(
                "the same, 500 tokens in turn beside a flood of new ones",
                count: Self.tokensInUse
            ),
            try subjects.claims(),
            try subjects.refused("refused: too large (17 KiB)", tooLarge, .tokenTooLarge),
            try subjects.refused("refused: malformed (1 KB)", junk, .tokenMalformed),
            try subjects.refused("refused: malformed (16 KiB)", String(tooLarge.prefix(16_384)), .tokenMalformed),
            try subjects.refused("refused: unknown key", subjects.tokens.unknownKey, .keyUnknown),
            try subjects.refused("refused: unknown key (16 KiB)", subjects.tokens.unknownKeyLarge, .keyUnknown),
            subjects.keyDocument,
            subjects.coldStart(keyFile: keyFile),
        ]
        let assertions = try Assertions(count: min((rounds + 2) * 100, 32_768))
        all += [assertions.raw, assertions.new, try assertions.cached()]
        for tasks in [1, 2, 4, 16] {
            all.append(try subjects.contended(tasks: tasks, isCached: false))
            all.append(try subjects.contended(tasks: tasks, isCached: true))
        }
        #if JWTKit
        all.append(try await subjects.jwtKit())
        #endif
        let filter = CommandLine.arguments.dropFirst(2).first ?? ""
        let series = try await Series.measure(all, rounds: rounds, filter: filter)
        Self.printMachine(rounds: rounds)
        Self.printTable(series)
    }

    private static func printMachine(rounds: Int) {
        let processors = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let model = processors.split(separator: "\n").first { $0.hasPrefix("model name") }?.split(separator: ":").last
        let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        print("machine: \(count) x\(model ?? " unknown"); \(Baseline.version); \(rounds) rounds")
        print("ratio: to raw OpenSSL with the same algorithm in the same round; median, and its quartiles; processor time of this process")
        print("")
    }

    private static func printTable(_ series: [Series]) {
        guard let first = series.first else { return }
        let elliptic = series.first { $0.name.hasPrefix(Assertions.prefix) } ?? first
        print("| what | µs, median | µs, least | × raw | quartiles | times faster | wall µs, least |")
        print("|---|---|---|---|---|---|---|")
        for one in series {
            let ratio = one.ratio(to: one.name.hasPrefix(Assertions.prefix) ? elliptic : first)
            let cells = [
                one.name, Self.text(one.quantile(0.5) / 1_000), Self.text(one.quantile(0) / 1_000),
                Self.text(ratio.median), "\(Self.text(ratio.low))–\(Self.text(ratio.high))",
                Self.text(1 / ratio.median), Self.text(one.leastWallTime / 1_000),
            ]
            print("| " + cells.joined(separator: " | ") + " |")
        }
    }

    /// A number with three decimals.
    private static func text(_ number: Double) -> String {
        let thousandths = Int((number * 1_000).rounded())
        let decimals = String(thousandths % 1_000)
        return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
    }
}
