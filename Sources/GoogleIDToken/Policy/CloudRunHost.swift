//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The name of a Cloud Run service in the host of one of its URLs.
///
/// A service has two URLs: `https://SERVICE-PROJECTNUMBER.REGION.run.app` and `https://SERVICE-HASH-REGIONCODE.a.run.app`.
/// A traffic tag adds `TAG---` in front of either.
package struct CloudRunHost {
    /// The form of the URL.
    enum Form {
        case projectNumber
        case hash
    }

    let service: ArraySlice<UInt8>
    let form: Form

    /// Parses a host without a traffic tag.
    package init?(_ host: String) {
        let labels = Array(host.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count == 4, labels[2].elementsEqual("run".utf8), labels[3].elementsEqual("app".utf8) else {
            return nil
        }
        if labels[1].elementsEqual("a".utf8) {
            guard
                let (rest, regionCode) = Self.splitAtLastHyphen(labels[0]), regionCode.count == 2,
                let (service, _) = Self.splitAtLastHyphen(rest)
            else { return nil }
            self.service = service
            self.form = .hash
        } else {
            guard
                let (service, number) = Self.splitAtLastHyphen(labels[0]),
                number.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
            else { return nil }
            self.service = service
            self.form = .projectNumber
        }
    }

    private static func splitAtLastHyphen(
        _ label: ArraySlice<UInt8>
    ) -> (before: ArraySlice<UInt8>, after: ArraySlice<UInt8>)? {
        guard
            let hyphen = label.lastIndex(of: UInt8(ascii: "-")), hyphen > label.startIndex, hyphen < label.endIndex - 1
        else { return nil }
        return (label[..<hyphen], label[(hyphen + 1)...])
    }

    /// Whether two hosts have different forms and the same name of the service.
    func isOtherForm(of other: CloudRunHost) -> Bool {
        self.form != other.form && self.service.elementsEqual(other.service)
    }

    /// Returns a host without its traffic tag, or nil if it has none.
    package static func withoutTag(_ host: String) -> String? {
        let bytes = Array(host.utf8)
        let mark = Array("---".utf8)
        var start = bytes.startIndex
        while let hyphen = bytes[start...].firstIndex(of: UInt8(ascii: "-")) {
            if bytes[hyphen...].starts(with: mark) {
                guard hyphen > 0, hyphen + mark.count < bytes.count else { return nil }
                return String(decoding: bytes[(hyphen + mark.count)...], as: UTF8.self)
            }
            start = hyphen + 1
        }
        return nil
    }
}
