/* What a map computes, as one would write it in C: every start through all steps, laid out so that
   the compiler can vectorise it. */
#include <math.h>

#define LANES 1024
#define LOOP(name, state, body) \
  void name(float *xs, float *ys, int count, int n, float rate) { \
    _Pragma("omp parallel for schedule(static)") \
    for (int block = 0; block < count; block += LANES) { \
      float *x = xs + block, *y = ys + block; \
      state \
      for (int k = 0; k < n; k++) { \
        _Pragma("omp simd") \
        for (int i = 0; i < LANES; i++) { body } \
      } \
    } \
  }
#define ZEROS(name) float name[LANES] = {0};
#define ADAM(x, v, G, g) \
  v[i] = 0.9f * v[i] + 0.1f * g; \
  G[i] = 0.999f * G[i] + 0.001f * g * g; \
  x[i] -= rate * v[i] / sqrtf(G[i] + 1e-8f);
#define SGD x[i] -= rate * gx; y[i] -= rate * gy;
#define MOMENTUM \
  vx[i] = 0.9f * vx[i] - rate * gx; vy[i] = 0.9f * vy[i] - rate * gy; \
  x[i] += vx[i]; y[i] += vy[i];
#define ROSENBROCK \
  float r = y[i] - x[i] * x[i]; \
  float gx = -2 * (1 - x[i]) - 400 * x[i] * r, gy = 200 * r;
#define SIX_HUMP \
  float a = x[i] * x[i]; \
  float gx = (8 - 8.4f * a + 2 * a * a) * x[i] + y[i]; \
  float gy = x[i] + (16 * y[i] * y[i] - 8) * y[i];
#define HIMMELBLAU \
  float a = x[i] * x[i] + y[i] - 11, b = x[i] + y[i] * y[i] - 7; \
  float gx = 4 * x[i] * a + 2 * b, gy = 2 * a + 4 * y[i] * b;
#define RASTRIGIN \
  float gx = 2 * x[i] + 62.831853f * sinf(6.2831853f * x[i]); \
  float gy = 2 * y[i] + 62.831853f * sinf(6.2831853f * y[i]);

LOOP(adam_rosenbrock, ZEROS(vx) ZEROS(vy) ZEROS(Gx) ZEROS(Gy),
     ROSENBROCK ADAM(x, vx, Gx, gx) ADAM(y, vy, Gy, gy))
LOOP(sgd_six_hump, , SIX_HUMP SGD)
LOOP(sgd_himmelblau, , HIMMELBLAU SGD)
LOOP(momentum_himmelblau, ZEROS(vx) ZEROS(vy), HIMMELBLAU MOMENTUM)
LOOP(sgd_rastrigin, , RASTRIGIN SGD)
