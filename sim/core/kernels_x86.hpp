// The kernels in terms of the vector operations `V` of one level. No include guard: kernels.cpp
// includes this once for each level, inside its namespace and compiled for its target.

/// Calls body(0) to body(count - 1) without a loop, each number a constant: what is indexed by them
/// stays in registers.
template <std::size_t count, class Body>
[[gnu::always_inline]] inline void unrolled(const Body& body) {
  [&]<std::size_t... n>(std::index_sequence<n...>) __attribute__((always_inline)) {
    (body(std::integral_constant<std::size_t, n>{}), ...);
  }
  (std::make_index_sequence<count>{});
}

/// One round of Philox on counters that stand in the even places of 64-bit units; what is in the
/// odd places is of no account.
struct Counters {
  V::I a, b, c, d;

  void round(V::I key0, V::I key1) {
    const V::I p0 = V::multiply(a, V::all(static_cast<std::int32_t>(0xD2511F53U)));
    const V::I p1 = V::multiply(c, V::all(static_cast<std::int32_t>(0xCD9E8D57U)));
    a = V::exclusive_or(V::high(p1), b, key0);
    c = V::exclusive_or(V::high(p0), d, key1);
    b = p1;
    d = p0;
  }
};

struct PhiloxKeys {
  static constexpr std::size_t rounds = 10;

  explicit PhiloxKeys(std::uint64_t key) {
    auto key0 = static_cast<std::uint32_t>(key);
    auto key1 = static_cast<std::uint32_t>(key >> 32);
    for (auto& pair : keys) {
      pair[0] = V::all(static_cast<std::int32_t>(key0));
      pair[1] = V::all(static_cast<std::int32_t>(key1));
      key0 += 0x9E3779B9U;
      key1 += 0xBB67AE85U;
    }
  }

  V::I keys[rounds][2];
};

/// `count` vectors of counters at a time: a round waits for the one before, so others have to fill
/// the gap.
template <std::size_t count>
inline void philox_block(const PhiloxKeys& keys, const std::uint32_t* first, V::I second,
                         V::I third, const std::uint32_t* last,
                         const std::array<std::uint32_t*, 4>& out, std::size_t x) {
  Counters even[count];
  Counters odd[count];
  unrolled<count>([&](auto n) __attribute__((always_inline)) {
    const V::I a = V::load(first + x + n * V::width);
    const V::I d = V::load(last + x + n * V::width);
    even[n] = {a, second, third, d};
    odd[n] = {V::high(a), second, third, V::high(d)};
  });
  unrolled<PhiloxKeys::rounds>([&](auto round) __attribute__((always_inline)) {
    const V::I key0 = keys.keys[round][0];
    const V::I key1 = keys.keys[round][1];
    unrolled<count>([&](auto n) __attribute__((always_inline)) {
      even[n].round(key0, key1);
      odd[n].round(key0, key1);
    });
  });
  unrolled<count>([&](auto n) __attribute__((always_inline)) {
    V::store(out[0] + x + n * V::width, V::interleave(even[n].a, odd[n].a));
    V::store(out[1] + x + n * V::width, V::interleave(even[n].b, odd[n].b));
    V::store(out[2] + x + n * V::width, V::interleave(even[n].c, odd[n].c));
    V::store(out[3] + x + n * V::width, V::interleave(even[n].d, odd[n].d));
  });
}

inline void philox(std::uint64_t key, const std::uint32_t* first, std::uint32_t second,
                   std::uint32_t third, const std::uint32_t* last, std::size_t count,
                   const std::array<std::uint32_t*, 4>& out) {
  const PhiloxKeys keys(key);
  const V::I b = V::all(static_cast<std::int32_t>(second));
  const V::I c = V::all(static_cast<std::int32_t>(third));
  std::size_t x = 0;
  for (; x + V::counters * V::width <= count; x += V::counters * V::width) {
    philox_block<V::counters>(keys, first, b, c, last, out, x);
  }
  for (; x < count; x += V::width) philox_block<1>(keys, first, b, c, last, out, x);
}

/// A block of `height` rows and `span` vectors of lanes, sums in registers.
template <std::size_t height, std::size_t span>
inline void product_block(const std::int32_t* a, std::size_t words, const std::int32_t* b,
                          std::size_t lanes, std::int32_t* out) {
  V::I sum[height * span];
  unrolled<height * span>([&](auto n) __attribute__((always_inline)) { sum[n] = V::all(0); });
  for (std::size_t w = 0; w < words; ++w) {
    V::I values[span];
    unrolled<span>([&](auto v) __attribute__((always_inline)) {
      values[v] = V::load(b + w * lanes + v * V::width);
    });
    unrolled<height>([&](auto i) __attribute__((always_inline)) {
      const V::I weights = V::all(a[i * words + w]);
      unrolled<span>([&](auto v) __attribute__((always_inline)) {
        sum[i * span + v] = V::add_products(sum[i * span + v], weights, values[v]);
      });
    });
  }
  unrolled<height * span>([&](auto n) __attribute__((always_inline)) {
    V::store(out + n / span * lanes + n % span * V::width, sum[n]);
  });
}

template <std::size_t span>
inline void product_columns(const std::int32_t* a, std::size_t rows, std::size_t words,
                            const std::int32_t* b, std::size_t lanes, std::int32_t* out) {
  std::size_t i = 0;
  for (; i + V::height <= rows; i += V::height) {
    product_block<V::height, span>(a + i * words, words, b, lanes, out + i * lanes);
  }
  for (; i < rows; ++i) product_block<1, span>(a + i * words, words, b, lanes, out + i * lanes);
}

inline void product(const std::int32_t* a, std::size_t rows, std::size_t words,
                    const std::int32_t* b, std::size_t lanes, std::int32_t* out) {
  std::size_t l = 0;
  for (; l + V::span * V::width <= lanes; l += V::span * V::width) {
    product_columns<V::span>(a, rows, words, b + l, lanes, out + l);
  }
  for (; l < lanes; l += V::width) product_columns<1>(a, rows, words, b + l, lanes, out + l);
}

/// Levels without tables in registers leave this out.
template <class Vector>
inline void affine_by_table(const float* own, std::size_t stride, const float* shared,
                            const std::uint8_t* index, const float* x, std::size_t rows,
                            std::size_t lanes, float* out) {
  const auto slope = Vector::table(shared);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto base = Vector::table(own + i * stride);
    for (std::size_t at = i * lanes; at < (i + 1) * lanes; at += Vector::width) {
      const auto places = Vector::widen(index + at);
      Vector::put(out + at, Vector::affine(Vector::look_up(base, places), Vector::get(x + at),
                                           Vector::look_up(slope, places)));
    }
  }
}
