#include "lab/server/session.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "lab/server/answer.hpp"
#include "support/scenario_folder.hpp"

namespace entente::lab {
namespace {

namespace fs = std::filesystem;

TEST(Session, HasAFolderThatNobodyElseMayEnter) {
  const Session session;
  EXPECT_EQ(fs::status(session.folder()).permissions(), fs::perms::owner_all);
  EXPECT_NE(Session().folder(), session.folder());
}

TEST(Session, TakesItsFilesAlong) {
  fs::path folder;
  {
    Session session;
    folder = session.folder();
    const auto path = session.fresh_path(".h5");
    EXPECT_EQ(path.parent_path(), folder);
    EXPECT_EQ(path.extension(), ".h5");
    EXPECT_NE(session.fresh_path(".h5"), path);
    std::ofstream(path) << "x";
    fs::create_directory(session.fresh_path(""));
  }
  EXPECT_FALSE(fs::exists(folder));
}

class TemporaryFolder {
 public:
  TemporaryFolder() { ::setenv("TMPDIR", folder_.path().c_str(), 1); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { ::unsetenv("TMPDIR"); }
  // A folder as a session leaves it that was killed.
  [[nodiscard]] fs::path left(const std::string& name, bool lock = true) const {
    const auto path = folder_.path() / name;
    fs::create_directory(path);
    fs::permissions(path, fs::perms::owner_all);
    if (lock) std::ofstream(path / "lock") << "";
    std::ofstream(path / "0.h5") << "x";
    return path;
  }

 private:
  test::ScenarioFolder folder_{""};
};

TEST(Session, RemovesFoldersOfThoseWhoWereKilled) {
  const TemporaryFolder temporary;
  const auto dead = temporary.left("entente-lab-dead");
  const Session living;
  EXPECT_FALSE(fs::exists(dead));
  const Session other;
  EXPECT_TRUE(fs::exists(living.folder()));
}

TEST(Session, LeavesFoldersThatMayBeInUse) {
  const TemporaryFolder temporary;
  const auto without_lock = temporary.left("entente-lab-early", false);
  const auto foreign = temporary.left("something-else");
  const auto open_to_all = temporary.left("entente-lab-open");
  fs::permissions(open_to_all, fs::perms::others_all, fs::perm_options::add);
  const auto target = temporary.left("target");
  fs::create_directory_symlink(target, target.parent_path() / "entente-lab-link");
  const Session session;
  for (const auto& folder : {without_lock, foreign, open_to_all, target})
    EXPECT_TRUE(fs::exists(folder / "0.h5")) << folder;
}

TEST(Session, HasRoomForSoMuch) {
  Session session;
  constexpr std::uintmax_t gib = std::uintmax_t{1} << 30;
  EXPECT_NO_THROW(session.require_room(gib));
  const Leftover large(session.fresh_path(".h5"));
  std::ofstream(large.path()) << "x";
  fs::resize_file(large.path(), gib + gib / 2);  // takes no disk: it has no blocks
  EXPECT_THROW(session.require_room(gib), Refused);
  EXPECT_NO_THROW(session.require_room(gib / 4));
}

TEST(Session, RemovesLeftovers) {
  Session session;
  const auto path = session.fresh_path(".h5");
  {
    const Leftover leftover(path);
    std::ofstream(path) << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace entente::lab
