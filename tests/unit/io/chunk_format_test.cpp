#include "io/study/chunk_format.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>

#include "chunk_folder.hpp"
#include "entente/io/coefficients.hpp"
#include "io/hash.hpp"

namespace entente {
namespace {

using detail::ChunkState;
using testing::HasSubstr;
using testing::StartsWith;

/// The bytes of the second chunk of the plan, damaged in some way and read as it.
class ChunkFormat : public test::ChunkFolder {
 protected:
  static constexpr std::uint64_t index = 1;

  static std::string whole(std::uint64_t chunk = index, const ChunkPlan& plan = ChunkFormat::plan(),
                           const std::string& study = identity) {
    return detail::encode_chunk(done(chunk, plan), plan, detail::hash128(study));
  }
  /// What reading these bytes as the chunk says; empty where they are whole.
  [[nodiscard]] std::string reason(const std::string& bytes) const {
    std::filesystem::remove(path("a"));  // emptying a file may wait for the disk
    std::ofstream(path("a"), std::ios::binary) << bytes;
    const auto reading = detail::read_chunk(path("a"), plan(), index, detail::hash128(identity));
    EXPECT_EQ(reading.state == ChunkState::whole, reading.reason.empty());
    return reading.reason;
  }
  template <class T>
  static T at(const std::string& bytes, std::size_t offset) {
    std::string part = bytes.substr(offset, sizeof(T));
    if (std::endian::native == std::endian::big) std::reverse(part.begin(), part.end());
    T value;
    std::memcpy(&value, part.data(), sizeof value);
    return value;
  }
};

TEST_F(ChunkFormat, IsTheOneThatIsDescribed) {
  const std::string file = whole();
  EXPECT_THAT(file, StartsWith("entchunk"));
  EXPECT_EQ(at<std::uint32_t>(file, 8), 1U);
  const std::size_t header = at<std::uint32_t>(file, 12);
  EXPECT_EQ(header, 88U + 24U + 16U);
  EXPECT_EQ(at<std::uint64_t>(file, 16), index);
  EXPECT_EQ(at<std::uint64_t>(file, 24), 5U);  // first row
  EXPECT_EQ(at<std::uint64_t>(file, 32), 5U);  // rows
  EXPECT_EQ(at<std::uint64_t>(file, 40), 2U);  // columns
  EXPECT_EQ(at<std::uint64_t>(file, 48), 0U);  // no row from 5 to 9 fails
  EXPECT_EQ(file.substr(56, 16), detail::hash128(identity));
  EXPECT_EQ(file.substr(72, 16), detail::hash128(file.substr(header)));
  EXPECT_EQ(file.substr(88, 24), std::string("mean\nquantile 0.95\n\0\0\0\0\0", 24));
  EXPECT_EQ(file.substr(header - 16, 16), detail::hash128(file.substr(0, header - 16)));
  EXPECT_EQ(file.size(), header + 85U);            // 10 values, 5 states
  EXPECT_EQ(at<double>(file, header + 72U), 0.1);  // row 9

  const std::string failing = whole(0);  // row 3 fails
  EXPECT_EQ(at<std::uint64_t>(failing, 48), 4 + message(3).size());
  EXPECT_EQ(failing.substr(header + 80, 5), std::string("\0\0\0\1\0", 5));
  EXPECT_EQ(at<std::uint32_t>(failing, header + 85), message(3).size());
  EXPECT_EQ(failing.substr(header + 89), message(3));
}

TEST_F(ChunkFormat, StaysTheSame) {
  // Folders outlive the program that began them: a change here needs another version.
  EXPECT_EQ(hash_text(whole()), "a1166e69af24af5f22ee348760551023");
  EXPECT_EQ(hash_text(whole(0)), "6c1dcb63a2a6abe2f00fa931bd5d8881");
}

TEST_F(ChunkFormat, AFileThatIsNotThereIsAbsent) {
  const auto reading = detail::read_chunk(path("a"), plan(), index, detail::hash128(identity));
  EXPECT_EQ(reading.state, ChunkState::absent);
}

TEST_F(ChunkFormat, SeesEveryCut) {
  const std::string file = whole();
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_EQ(reason(file.substr(0, size)),
              "cut off: " + std::to_string(size) + " bytes of " + std::to_string(file.size()));
  }
  EXPECT_EQ(reason(file), "");
  EXPECT_THAT(reason(file + "x"), HasSubstr("too long: "));
}

TEST_F(ChunkFormat, SeesEveryBitFlipped) {
  std::string file = whole();
  for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
    auto& byte = file[bit / 8];
    const char before = byte;
    byte = static_cast<char>(byte ^ (1 << (bit % 8)));
    EXPECT_NE(reason(file), "") << bit;
    byte = before;
  }
  EXPECT_EQ(reason(file), "");
}

TEST_F(ChunkFormat, SeesWhatBelongsElsewhere) {
  EXPECT_EQ(reason(whole(2)), "holds chunk 2");
  EXPECT_EQ(reason(whole(index, plan(), "seed: 8\n")), "of another study");
  EXPECT_EQ(reason(whole(index, {23, 6, plan().columns})), "holds 6 rows from 6 on");
  EXPECT_EQ(reason(whole(index, {23, 5, {"mean", "quantile 0.05"}})), "has other columns");
  EXPECT_THAT(reason(whole(index, {23, 5, {"mean"}})), StartsWith("has other columns"));
  EXPECT_EQ(reason(std::string(1000, 'x')), "is no chunk, or its header is altered");
  std::string newer = whole();
  newer[8] = 2;
  EXPECT_EQ(reason(newer), "has format 2; allowed: 1");
  std::string altered = whole();
  altered.back() = 'x';
  EXPECT_EQ(reason(altered), "its data are altered");
  altered = whole();
  altered[90] = 'x';
  EXPECT_EQ(reason(altered), "its header is altered");
}

}  // namespace
}  // namespace entente
